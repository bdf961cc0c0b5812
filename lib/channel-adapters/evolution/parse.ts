/**
 * A webhook of the gateway -> our events (CONTRACT §11, §12). Pure but for the clock, which is asked only
 * when a malformed envelope has no time. Answers at least one event for every payload and never throws.
 */
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { phoneOf } from "./addresses.ts";
import { parseCall, parseContact, parseGroup, parseParticipants, parsePresence } from "./chat-events.ts";
import { disconnectCause, isFinalCode } from "./connection-codes.ts";
import { defined } from "./defined.ts";
import { ignored, parseMessage, type Surroundings } from "./messages.ts";
import * as shape from "./payloads.ts";
import { parseDeletion, parseProtocolMessage } from "./protocol.ts";
import { qrCode } from "./qr-code.ts";
import { parseReceipt } from "./receipts.ts";
import { eventName } from "./routing.ts";
import { read } from "./wire-values.ts";

/** Reads one item of `data`; the gateway sends an object or an array under one and the same event name. */
type ItemParser = (item: unknown, around: Surroundings) => ChannelEvent | ChannelEvent[];

const PARSERS: Record<string, ItemParser> = {
  "messages.upsert": (item, around) => parseMessage(item, "live", around),
  "send.message": (item, around) => parseMessage(item, "api", around),
  "messages.set": (item, around) => parseMessage(item, "history", around),
  "messages.edited": (item, { madeAt }) => parseProtocolMessage(item, madeAt),
  "send.message.update": (item, { madeAt }) => parseProtocolMessage(item, madeAt),
  "messages.update": parseReceipt,
  "messages.delete": (item, { madeAt }) => parseDeletion(item, madeAt),
  "qrcode.updated": parseQr,
  "connection.update": parseConnection,
  "status.instance": parseInstanceStatus,
  "logout.instance": () => ({ type: "disconnected", code: null, cause: "unknown", final: true }),
  "contacts.upsert": parseContact,
  "contacts.update": parseContact,
  "presence.update": parsePresence,
  call: parseCall,
  "groups.upsert": parseGroup,
  "groups.update": parseGroup,
  "group-participants.update": parseParticipants,
};

export function parse(payload: unknown): ChannelEvent[] {
  const name = eventName(payload);
  const envelope = read(shape.Envelope, payload);
  const parser = Object.hasOwn(PARSERS, name) ? PARSERS[name] : undefined;
  if (!envelope || !parser) return [ignored(`event ${name}`)];
  const around = { ownJid: envelope.sender, madeAt: timeOf(envelope.date_time) };
  const items = Array.isArray(envelope.data) ? envelope.data : [envelope.data];
  const events = items.flatMap((item) => parser(item, around));
  return events.length > 0 ? events : [ignored("nothing in it")];
}

/** Right when the gateway runs in UTC, which our compose file sees to. */
function timeOf(dateTime: string | undefined): Date {
  const time = dateTime && dateTime.length < 64 ? new Date(dateTime) : new Date(Number.NaN);
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

function parseQr(item: unknown): ChannelEvent {
  const update = read(shape.QrUpdate, item);
  const qr = qrCode(update?.qrcode);
  if (qr) return { type: "qr", qr };
  const exhausted = update?.qrcode === undefined && update?.statusCode !== undefined;
  return exhausted ? { type: "qr_exhausted" } : ignored("QR event without a code");
}

function parseConnection(item: unknown): ChannelEvent {
  const update = read(shape.ConnectionUpdate, item);
  const code = update?.statusReason ?? null;
  switch (update?.state) {
    case "connecting":
      return { type: "connection", state: "connecting" };
    case "open":
      return defined({
        type: "connection",
        state: "connected",
        ownPhone: phoneOf(update.wuid),
        profileName: update.profileName,
        pictureUrl: update.profilePictureUrl,
      });
    case "close":
      return { type: "disconnected", code, cause: disconnectCause(code), final: isFinalCode(code) };
    case "refused":
      // Said only after the last QR code.
      return { type: "disconnected", code, cause: "qr_exhausted", final: true };
    default:
      return ignored("connection state of another kind");
  }
}

function parseInstanceStatus(item: unknown): ChannelEvent {
  const update = read(shape.StatusInstance, item);
  if (update?.status !== "closed") return ignored("instance status of another kind");
  const code = update.disconnectionReasonCode ?? null;
  return { type: "disconnected", code, cause: disconnectCause(code), final: true };
}
