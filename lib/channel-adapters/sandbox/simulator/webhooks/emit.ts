import { createHmac } from "node:crypto";
import type { Simulator } from "../simulator.ts";
import type { Instance, Webhook } from "../store/instances.ts";

/** Setting names of all events, in the gateway's order (evolution CONTRACT section 12). */
export const EVENT_NAMES = [
  "APPLICATION_STARTUP",
  "QRCODE_UPDATED",
  "MESSAGES_SET",
  "MESSAGES_UPSERT",
  "MESSAGES_EDITED",
  "MESSAGES_UPDATE",
  "MESSAGES_DELETE",
  "SEND_MESSAGE",
  "SEND_MESSAGE_UPDATE",
  "CONTACTS_SET",
  "CONTACTS_UPSERT",
  "CONTACTS_UPDATE",
  "PRESENCE_UPDATE",
  "CHATS_SET",
  "CHATS_UPSERT",
  "CHATS_UPDATE",
  "CHATS_DELETE",
  "GROUPS_UPSERT",
  "GROUP_UPDATE",
  "GROUP_PARTICIPANTS_UPDATE",
  "CONNECTION_UPDATE",
  "LABELS_EDIT",
  "LABELS_ASSOCIATION",
  "CALL",
  "TYPEBOT_START",
  "TYPEBOT_CHANGE_STATUS",
  "REMOVE_INSTANCE",
  "LOGOUT_INSTANCE",
  "INSTANCE_CREATE",
  "INSTANCE_DELETE",
  "STATUS_INSTANCE",
];

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The ten-minute token the gateway makes of `headers.jwt_key` (evolution CONTRACT section 5). */
function webhookJwt(key: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const unsigned = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ iat, exp: iat + 600, app: "evolution", action: "webhook" })}`;
  return `${unsigned}.${createHmac("sha256", key).update(unsigned).digest("base64url")}`;
}

function headersOf(webhook: Webhook): Record<string, string> {
  const { jwt_key: jwtKey, ...headers } = webhook.headers ?? {};
  if (jwtKey === undefined) return headers;
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...Object.fromEntries(others), Authorization: `Bearer ${webhookJwt(jwtKey)}` };
}

function urlOf(webhook: Webhook, event: string): string {
  return webhook.byEvents ? `${webhook.url}/${event.replaceAll(/[._]/g, "-")}` : webhook.url;
}

/**
 * Queues one webhook and answers its delivery id; null when nobody asked for the event, the address is not http
 * (accepted by the gateway and then never called), or it is lost on purpose.
 */
export function emit(sim: Simulator, instance: Instance, event: string, data: unknown): number | null {
  const webhook = instance.webhook;
  const name = event.replaceAll(/[.-]/g, "_").toUpperCase();
  if (!webhook?.enabled || !webhook.events.includes(name) || !/^https?:\/\/./.test(webhook.url)) return null;
  if (sim.faults.happens("dropRate")) return null;
  const body = JSON.stringify({
    event,
    instance: instance.name,
    data,
    destination: webhook.url,
    date_time: new Date().toISOString(),
    ...(instance.ownerPhone ? { sender: `${instance.ownerPhone}@s.whatsapp.net` } : {}),
    server_url: sim.url(),
    apikey: null,
  });
  const delivery = { instanceId: instance.id, url: urlOf(webhook, event), headers: headersOf(webhook), body };
  const held = sim.faults.happens("reorderRate") ? { delayMs: Math.random() * sim.timings.reorderMs } : {};
  const id = sim.deliveries.enqueue({ ...delivery, ...held });
  if (sim.faults.happens("duplicateRate")) sim.deliveries.enqueue(delivery);
  return id;
}

/** Several webhooks of one happening, which the gateway posts in changing order. */
export function emitShuffled(sim: Simulator, instance: Instance, events: readonly [string, unknown][]): void {
  const order = events
    .map((event) => ({ event, place: Math.random() }))
    .sort((one, other) => one.place - other.place);
  for (const { event } of order) emit(sim, instance, event[0], event[1]);
}
