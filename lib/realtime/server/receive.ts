import type { RawData } from "ws";
import { z } from "zod";
import { CLIENT_EVENT_PREFIX, relayClientEvent } from "./client-events.ts";
import type { Connection } from "./connection.ts";
import { parseJson } from "./json.ts";
import type { AppScope } from "./settings.ts";
import { signIn } from "./sign-in.ts";
import { subscribe, unsubscribe } from "./subscribe.ts";

const ClientFrame = z.object({
  event: z.string().min(1),
  channel: z.string().nullish(),
  data: z.unknown().optional(),
});

type Handler = (scope: AppScope, connection: Connection, data: unknown) => void;

const HANDLERS = new Map<string, Handler>([
  ["pusher:ping", (_scope, connection) => connection.sendSystem("pusher:pong", {})],
  ["pusher:subscribe", subscribe],
  ["pusher:unsubscribe", unsubscribe],
  ["pusher:signin", signIn],
]);

/** Everything a browser sends comes through here. Nothing it sends may end the process. */
export function receive(scope: AppScope, connection: Connection, raw: RawData, isBinary: boolean): void {
  // Frames may still arrive while the closing handshake runs: they must not bring anything back.
  if (!connection.open) return;
  scope.settings.counters.framesReceived += 1;
  connection.seen();
  const frame = isBinary ? null : ClientFrame.safeParse(parseJson(raw.toString()));
  if (!frame?.success) {
    connection.complain("A frame must be JSON text with an event");
    return;
  }
  try {
    if (frame.data.event.startsWith(CLIENT_EVENT_PREFIX)) {
      relayClientEvent(scope, connection, frame.data);
    } else {
      // Unknown events are not an error: newer clients send some that we need not know.
      HANDLERS.get(frame.data.event)?.(scope, connection, frame.data.data);
    }
  } catch (error) {
    // Data nested thousands deep can be read but not written again: the stack ends first.
    if (!(error instanceof RangeError)) throw error;
    connection.complain("The data of the event is nested too deeply");
  }
}
