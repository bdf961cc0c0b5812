import { fromString, typeid } from "typeid-js";

/**
 * Ids are a prefix and a UUIDv7 in 26 base-32 letters (typeid-js): they sort by time and tell what
 * they name. The browser makes message ids itself, so this file has no server import.
 */
const PREFIXES = {
  tenant: "tnt",
  user: "usr",
  member: "mbr",
  channel: "chn",
  channelEvent: "che",
  contact: "con",
  identity: "idn",
  conversation: "cnv",
  message: "msg",
  receipt: "rcp",
  inboundEvent: "iev",
  domainEvent: "evt",
  apiKey: "key",
  audit: "aud",
  media: "med",
  request: "req",
} as const;

export type IdKind = keyof typeof PREFIXES;
export type Id<K extends IdKind> = `${(typeof PREFIXES)[K]}_${string}` & { readonly __id: K };

export type TenantId = Id<"tenant">;
export type UserId = Id<"user">;
export type MemberId = Id<"member">;
export type ChannelId = Id<"channel">;
export type ContactId = Id<"contact">;
export type ConversationId = Id<"conversation">;
export type MessageId = Id<"message">;
export type InboundEventId = Id<"inboundEvent">;
export type ApiKeyId = Id<"apiKey">;

export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeid(PREFIXES[kind]).toString() as Id<K>;
}

/** True for a well-formed id of this kind, whoever owns it. */
export function isId<K extends IdKind>(kind: K, value: unknown): value is Id<K> {
  if (typeof value !== "string" || value.length !== PREFIXES[kind].length + 27) return false;
  try {
    return fromString(value).getType() === PREFIXES[kind];
  } catch {
    return false;
  }
}

export function idPrefix(kind: IdKind): string {
  return PREFIXES[kind];
}
