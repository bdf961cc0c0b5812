import { typeid } from "typeid-js";

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
  heldEvent: "hev",
  reaction: "rea",
  messageVersion: "ver",
  gap: "gap",
  merge: "mrg",
  alert: "alr",
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
export type MediaId = Id<"media">;
export type InboundEventId = Id<"inboundEvent">;
export type ApiKeyId = Id<"apiKey">;

export function newId<K extends IdKind>(kind: K): Id<K> {
  const id: string = typeid(PREFIXES[kind]).toString();
  if (!isId(kind, id)) throw new Error(`typeid made a malformed ${kind} id`);
  return id;
}

/** A UUIDv7 in the base-32 letters of the TypeID specification. */
const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** True for a well-formed id of this kind, whoever owns it. */
export function isId<K extends IdKind>(kind: K, value: unknown): value is Id<K> {
  const prefix = `${PREFIXES[kind]}_`;
  return typeof value === "string" && value.startsWith(prefix) && SUFFIX.test(value.slice(prefix.length));
}

/** For ids that come from our own rows: a malformed one is a bug. */
export function asId<K extends IdKind>(kind: K, value: string): Id<K> {
  if (!isId(kind, value)) throw new Error(`not a ${kind} id: ${value}`);
  return value;
}

export function idPrefix(kind: IdKind): string {
  return PREFIXES[kind];
}
