import type { Connection } from "./connection.ts";
import { CODES, clientEventFrame } from "./protocol.ts";
import type { AppScope } from "./settings.ts";

const WINDOW_MS = 1_000;

export const CLIENT_EVENT_PREFIX = "client-";

/** Relays what one browser tells the others on a channel, or says why not. */
export function relayClientEvent(
  scope: AppScope,
  connection: Connection,
  frame: { event: string; channel?: string | null | undefined; data?: unknown },
): void {
  const { rooms, settings } = scope;
  const channel = rooms.channels.get(frame.channel ?? "");
  const userId = channel?.subscribers.get(connection);
  const refusal = clientEventRefusal(scope, connection, frame, channel?.kind, userId !== undefined);
  if (refusal !== null || !channel) {
    connection.complain(refusal ?? "Nobody is subscribed", CODES.clientEventRefused);
    return;
  }
  settings.counters.clientEvents += 1;
  const relayed = clientEventFrame(frame.event, channel.name, frame.data, userId ?? undefined);
  rooms.deliver(channel.name, relayed, connection.socketId);
}

function clientEventRefusal(
  { app, settings }: AppScope,
  connection: Connection,
  frame: { event: string; data?: unknown },
  kind: string | undefined,
  subscribed: boolean,
): string | null {
  const { limits } = settings;
  if (app.clientEvents === false) return "Client events are switched off for this app";
  if (!subscribed) return "Client events need a subscription to their channel";
  if (kind !== "private" && kind !== "presence") {
    return "Client events need a private or presence channel that is not encrypted";
  }
  if (frame.event.length > limits.eventNameLength) return "The name of the event is too long";
  if (dataBytes(frame.data) > limits.eventDataBytes) return "The data of the event is too large";
  return overRate(connection, settings.clock.now(), limits.clientEventsPerSecond)
    ? `A connection may send ${limits.clientEventsPerSecond} client events per second`
    : null;
}

function dataBytes(data: unknown): number {
  if (data === undefined) return 0;
  return Buffer.byteLength(typeof data === "string" ? data : JSON.stringify(data));
}

function overRate({ clientEventWindow: window }: Connection, nowMs: number, allowed: number): boolean {
  if (nowMs - window.startMs >= WINDOW_MS) {
    window.startMs = nowMs;
    window.count = 0;
  }
  window.count += 1;
  return window.count > allowed;
}
