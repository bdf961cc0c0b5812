/** One message record -> our message, reaction or deletion (CONTRACT §13, §14). */
import type {
  Address,
  ChannelEvent,
  IncomingMessage,
  QuotedMessage,
  ReceiptStatus,
} from "#lib/channel-adapters/contract.ts";
import { foreignChatReason, parseAddress, parseAddresses } from "./addresses.ts";
import { contentText, readContent } from "./content.ts";
import { defined } from "./defined.ts";
import * as shape from "./payloads.ts";
import { parseProtocolMessage } from "./protocol.ts";
import { receiptStatus } from "./receipts.ts";
import { type Unwrapped, unwrap } from "./unwrap.ts";
import { isObject, type JsonObject, read } from "./wire-values.ts";

/** What the envelope knows about the webhook. */
export type Surroundings = {
  /** Our own id, when the gateway names it. */
  ownJid: string | undefined;
  /** When the webhook was made: stands in for a time that the data does not have. */
  madeAt: Date;
};

export type RecordOrigin = "live" | "history" | "api";

type Reading = { key: shape.MessageKey; rawKey: JsonObject; record: shape.MessageRecord; id: string };

export function parseMessage(data: unknown, origin: RecordOrigin, around: Surroundings): ChannelEvent {
  const reading = readRecord(data);
  if (!reading) return ignored("message without id");
  const chat = chatAddresses(reading.key, around.ownJid);
  if (chat.length === 0) return ignored(foreignChatReason(reading.key.remoteJid));
  const content = unwrap(reading.record.message ?? {});
  const hidden = hiddenReason(content, reading.record.message, origin);
  if (hidden) return ignored(hidden);
  if (content.type === "protocolMessage") return parseProtocolMessage(content.value, around.madeAt);
  if (content.type === "reactionMessage") return parseReaction(reading, chat, content, around);
  return {
    type: "message",
    message: buildMessage(reading, chat, content, origin, around),
    source: origin === "history" ? "history" : "live",
  };
}

function readRecord(data: unknown): Reading | undefined {
  const record = read(shape.MessageRecord, data);
  if (!record || !isObject(record.key)) return undefined;
  const key = read(shape.MessageKey, record.key);
  return key?.id === undefined ? undefined : { key, rawKey: record.key, record, id: key.id };
}

/** Every address of the partner. On own messages the alternative can be our own number (§14.2). */
function chatAddresses(key: shape.MessageKey, ownJid: string | undefined): Address[] {
  const chat = parseAddress(key.remoteJid);
  if (!chat) return [];
  if (chat.kind === "group") return [chat];
  const own = parseAddress(ownJid);
  const others = [key.remoteJidAlt, key.senderPn, key.senderLid].filter((jid) => {
    const other = parseAddress(jid);
    return own === undefined || other?.kind !== own.kind || other.id !== own.id;
  });
  return parseAddresses(key.remoteJid, ...others);
}

function authorAddresses(key: shape.MessageKey): Address[] {
  if (parseAddress(key.remoteJid)?.kind !== "group") return [];
  return parseAddresses(key.participant, key.participantAlt, key.participantPn, key.participantLid);
}

/** Contents that nobody shall see: key material, votes without meaning, stubs of old events. */
function hiddenReason(content: Unwrapped, message: JsonObject | undefined, origin: RecordOrigin) {
  if (content.type === "pollUpdateMessage") return "poll vote, encrypted";
  if (content.type !== undefined) return undefined;
  if (message?.senderKeyDistributionMessage) return "key material of a group";
  return origin === "history" ? "history record without content" : undefined;
}

function parseReaction(
  reading: Reading,
  chat: Address[],
  content: Unwrapped,
  around: Surroundings,
): ChannelEvent {
  const reaction = read(shape.ReactionContent, content.value);
  const targetExternalId = read(shape.MessageKey, reaction?.key)?.id;
  if (!targetExternalId) return ignored("reaction without target");
  return defined({
    type: "reaction",
    targetExternalId,
    externalId: reading.id,
    chat,
    author: authorAddresses(reading.key)[0],
    fromMe: reading.key.fromMe === true,
    emoji: reaction?.text || null,
    at: timeOf(reading.record, around),
  });
}

function buildMessage(
  reading: Reading,
  chat: Address[],
  content: Unwrapped,
  origin: RecordOrigin,
  around: Surroundings,
): IncomingMessage {
  const { key, record, rawKey, id } = reading;
  const fromMe = key.fromMe === true;
  const group = chat[0]?.kind === "group";
  const name = fromMe ? undefined : personName(record.pushName);
  const authors = authorAddresses(key);
  return defined({
    externalId: id,
    chat,
    author: group && authors.length > 0 ? defined({ addresses: authors, name }) : undefined,
    name: group ? undefined : name,
    fromMe,
    viaApi: origin === "api",
    sentAt: timeOf(record, around),
    content: readContent({
      key: rawKey,
      type: content.type,
      value: content.value,
      viewOnce: content.viewOnce,
    }),
    ...contextOf(record, content),
    albumId: albumId(content),
    status: fromMe ? firstStatus(record.status) : undefined,
  });
}

function firstStatus(status: unknown): ReceiptStatus | undefined {
  return typeof status === "string" || typeof status === "number" ? receiptStatus(status) : undefined;
}

/** Digits in place of a name mean that WhatsApp told none. */
export function personName(pushName: string | undefined): string | undefined {
  return pushName === undefined || /^\+?\d+$/.test(pushName) ? undefined : pushName;
}

function timeOf(record: shape.MessageRecord, around: Surroundings): Date {
  return timeFromSeconds(record.messageTimestamp) ?? around.madeAt;
}

/** Undefined for what is no time between 2001 and 2286. */
export function timeFromSeconds(seconds: number | undefined): Date | undefined {
  if (seconds === undefined || !(seconds >= 1e9 && seconds < 1e10)) return undefined;
  return new Date(Math.floor(seconds) * 1000);
}

/** Quote, mentions and the like lie at the record, in the content, or beside it (§13.2). */
function contextOf(record: shape.MessageRecord, content: Unwrapped) {
  const places = [
    record.contextInfo,
    isObject(content.value) ? content.value.contextInfo : undefined,
    ...content.layers.map((layer) => layer.contextInfo),
  ];
  const contexts = places.flatMap((place) => read(shape.ContextInfo, place) ?? []);
  const quoting = contexts.find((context) => context.stanzaId);
  const mentioning = contexts.find((context) => context.mentionedJid?.length);
  const mentions = parseAddresses(
    ...(mentioning?.mentionedJid ?? []).filter((jid) => typeof jid === "string"),
  );
  const forwarded = contexts.some((context) => context.isForwarded || (context.forwardingScore ?? 0) > 0);
  return {
    quoted: quoting && quotedMessage(quoting),
    mentions: mentions.length > 0 ? mentions : undefined,
    forwarded: forwarded || undefined,
    expiresAfterS: contexts.find((context) => context.expiration)?.expiration,
    ad: adOf(contexts),
  };
}

type Context = NonNullable<ReturnType<typeof read<typeof shape.ContextInfo>>>;

function quotedMessage(context: Context): QuotedMessage | undefined {
  if (!context.stanzaId) return undefined;
  const inner = context.quotedMessage && unwrap(context.quotedMessage);
  const content = inner?.type === undefined ? undefined : readContent({ key: {}, ...inner });
  return defined({
    externalId: context.stanzaId,
    author: parseAddress(context.participant),
    text: (content && contentText(content)) || undefined,
    type: content?.type,
  });
}

/** Bots use the same block for link previews: only what leads back to an advertisement counts. */
function adOf(contexts: Context[]): IncomingMessage["ad"] {
  for (const context of contexts) {
    const ad = read(shape.AdReply, context.externalAdReply);
    const fromAd = context.entryPointConversionSource?.startsWith("ctwa") ?? false;
    if (!ad || !(ad.ctwaClid || ad.sourceType === "ad" || fromAd)) continue;
    return defined({
      title: ad.title,
      body: ad.body,
      url: ad.sourceUrl,
      sourceId: ad.sourceId,
      clickId: ad.ctwaClid,
    });
  }
  return undefined;
}

/** Other associations than 1 tie a better copy or a cover to a message, not an album. */
function albumId(content: Unwrapped): string | undefined {
  for (const layer of content.layers) {
    const info = isObject(layer.messageContextInfo) ? layer.messageContextInfo.messageAssociation : undefined;
    const association = read(shape.MessageAssociation, info);
    const type = association?.associationType;
    if (type !== undefined && type !== 1 && type !== "MEDIA_ALBUM") continue;
    const id = read(shape.MessageKey, association?.parentMessageKey)?.id;
    if (id) return id;
  }
  return undefined;
}

export function ignored(reason: string): ChannelEvent {
  return { type: "ignored", reason };
}
