/** From the gateway's technical names and our short reasons to the keys of plain words (namespace events). Pure. */
const NAMES = {
  "messages.upsert": "message",
  "send.message": "sent",
  "messages.update": "tick",
  "messages.edited": "edit",
  "send.message.update": "edit",
  "messages.delete": "deletion",
  "messages.set": "history",
  "contacts.upsert": "contact",
  "contacts.update": "contact",
  "presence.update": "presence",
  call: "call",
  "groups.upsert": "group",
  "groups.update": "group",
  "group-participants.update": "participants",
  "connection.update": "connection",
  "status.instance": "connection",
  "logout.instance": "logout",
  "qrcode.updated": "qr",
  "chats.upsert": "chat",
  "chats.update": "chat",
  "chats.set": "chat",
  "chats.delete": "chat",
  "labels.edit": "labels",
  "labels.association": "labels",
} as const;

export type NameKey = (typeof NAMES)[keyof typeof NAMES] | "other";

/** Those one can filter by, in the order in which one would look for them. */
export const KNOWN_NAMES = Object.keys(NAMES);

export function nameKey(name: string): NameKey {
  const known: Record<string, NameKey> = NAMES;
  return Object.hasOwn(NAMES, name) ? (known[name] ?? "other") : "other";
}

const REASONS = [
  [/^waits_for_message$/, "waitsForMessage"],
  [/^asking_the_gateway$/, "asked"],
  [/^unknown_contact$/, "unknownContact"],
  [/^not_shown/, "notShown"],
  [/^channel_not_wanted$/, "notWanted"],
  [/^connection_of_the_past$/, "past"],
  [/status post/, "statusPost"],
  [/newsletter/, "newsletter"],
  [/broadcast list/, "broadcast"],
  [/^protocol message|key material/, "internal"],
  [/poll vote/, "pollVote"],
  [/nothing told|nothing in it|without content/, "empty"],
  [/^receipt with|^state .* of a message of theirs/, "noChange"],
  [/^event /, "technical"],
  [/without|no chat in it|neither a person/, "incomplete"],
] as const satisfies readonly (readonly [RegExp, string])[];

export type ReasonKey = (typeof REASONS)[number][1] | "other";

export function reasonKey(reason: string): ReasonKey {
  return REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? "other";
}

const KINDS = [
  "message",
  "receipt",
  "read_on_phone",
  "channel",
  "contact",
  "edit",
  "deletion",
  "reaction",
  "group",
] as const;

export function kindKey(kind: string): (typeof KINDS)[number] | "other" {
  return KINDS.find((known) => known === kind) ?? "other";
}

/** A clock time with its seconds, since events of one minute have to be told apart. `at` is ISO 8601. */
export function withSeconds(clock: string, at: string): string {
  return `${clock}:${at.slice(17, 19)}`;
}
