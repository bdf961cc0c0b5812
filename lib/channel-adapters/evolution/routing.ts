/**
 * What the webhook route needs to know of a body before anything is parsed: its event name and the chat
 * whose order it belongs to. Plain property reads, since this runs once per webhook on the hot path.
 */
import { addressKey, parseAddress, parseAddresses } from "./addresses.ts";
import { isObject, type JsonObject } from "./wire-values.ts";

export function eventName(payload: unknown): string {
  if (!isObject(payload) || typeof payload.event !== "string") return "unknown";
  return /^[a-z][a-z.-]{0,63}$/.test(payload.event) ? payload.event : "unknown";
}

/** Events about the connection itself, to be applied in order of arrival. */
const CONNECTION_EVENTS = new Set([
  "qrcode.updated",
  "connection.update",
  "status.instance",
  "logout.instance",
  "instance.create",
  "instance.delete",
  "remove.instance",
]);

/**
 * A phone goes before the LID when both are named, so that both ways of addressing meet in one queue as
 * often as can be. Receipts, edits and deletions may name another address of the same person or ours
 * (rule 2): what reaches its message too early waits for it, whatever the queue.
 */
export function routingKey(payload: unknown): string {
  const event = eventName(payload);
  if (!isObject(payload) || event === "unknown") return "unknown";
  if (CONNECTION_EVENTS.has(event)) return "connection";
  if (event === "messages.set") return "history";
  const data = Array.isArray(payload.data) ? payload.data[0] : payload.data;
  if (!isObject(data)) return event;
  return chatKey(data, payload.sender) ?? event;
}

function chatKey(data: JsonObject, sender: unknown): string | undefined {
  const key = isObject(data.key) ? data.key : data;
  const own = parseAddress(textOf(sender));
  const named = parseAddresses(
    textOf(key.remoteJid),
    textOf(key.remoteJidAlt),
    textOf(key.senderPn),
    textOf(data.groupJid),
    textOf(data.chatId),
    textOf(data.id),
  );
  const group = named.find((address) => address.kind === "group");
  const partner = named.find((address) => own?.kind !== address.kind || own.id !== address.id);
  const chat = group ?? partner;
  if (chat) return addressKey(chat);
  // Their edits name only us: nothing but the message is known.
  if (isEdit(data, key)) return `message:${textOf(key.id)?.slice(0, 255) ?? ""}`;
  return own && named.length > 0 ? addressKey(own) : undefined;
}

function isEdit(data: JsonObject, key: JsonObject): boolean {
  return data.type !== undefined && isObject(data.key) && typeof key.id === "string";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
