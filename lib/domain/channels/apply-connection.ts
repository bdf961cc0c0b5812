import type { ConnectionState, DisconnectCause, QrCode } from "#lib/channel-adapters/contract.ts";
import { observeChannel } from "#lib/domain/alerts/observe-channel.ts";
import { emit, enqueue, type Tx } from "#lib/domain/context.ts";
import { noteDisconnect } from "#lib/domain/pacing/observe-refusals.ts";
import { phoneFromWhatsAppId } from "#lib/domain/phones/phone-number.ts";
import type { ErrorCode } from "#lib/kernel/errors.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { type ConnectionSignal, nextStatus } from "./connection-machine.ts";
import { correctTimeline, timelineOf, writeLines } from "./write-timeline.ts";

/** What was seen of a connection, by asking the gateway or by its webhooks. */
export type ConnectionNews =
  | { type: "connected"; ownPhone?: string; profileName?: string; pictureUrl?: string }
  | { type: "qr"; qr: QrCode }
  | { type: "connecting" }
  /** It says that it is connected, and does not answer. */
  | { type: "unresponsive" }
  | { type: "disconnected"; cause: DisconnectCause; code: number | null }
  | { type: "disconnected_by_member"; memberName: string }
  | { type: "setup_failed"; error: ErrorCode; detail?: string };

/** The columns a connection changes. */
type ChannelChanges = Partial<Omit<Channel, "pacing">>;

/** A QR code of the gateway lives 45 s (evolution CONTRACT section 4). */
const QR_LIFE_MS = 45_000;

export function asNews(state: ConnectionState): ConnectionNews {
  switch (state.status) {
    case "connected":
      return { ...state, type: "connected" };
    case "qr":
      return { type: "qr", qr: state.qr };
    case "connecting":
      return { type: "connecting" };
    case "disconnected":
      return { type: "disconnected", cause: state.cause ?? "unknown", code: state.code ?? null };
  }
}

/** Moves the channel along its machine, writes its timeline, and tells the browsers. Repeats change nothing. */
export async function applyConnection(tx: Tx, channel: Channel, news: ConnectionNews): Promise<Channel> {
  const status = nextStatus(channel.status, signalOf(news));
  const changed = status !== channel.status;
  const data = changesOf(channel, news, status);
  if (!changed && Object.keys(data).length === 0) return channel;
  const updated = await tx.db.channel.update({
    where: { id: channel.id },
    data: { ...data, status, ...(changed && { statusSince: new Date() }) },
  });
  const lines = timelineOf(channel, news, changed);
  if (news.type === "disconnected" && !changed) await correctTimeline(tx, channel.id, lines);
  else await writeLines(tx, channel.id, lines);
  emit(tx, { type: "channel.updated", channelId: channel.id });
  await observeChannel(tx, channel, updated);
  if (news.type === "disconnected") await noteDisconnect(tx, updated, news.cause);
  if (changed && status === "connected" && channel.lostAt) reconcileSoon(tx, channel.id);
  return updated;
}

/** After a connect the gateway holds messages back for up to 20 s (evolution CONTRACT section 15). */
const SETTLED_S = 65;

function reconcileSoon(tx: Tx, id: string): void {
  const channelId = asId("channel", id);
  enqueue(tx, "reconcile-channel", { channelId }, { key: id });
  enqueue(tx, "reconcile-channel", { channelId }, { key: id, startAfterS: SETTLED_S });
}

function signalOf(news: ConnectionNews): ConnectionSignal {
  switch (news.type) {
    case "connected":
      return { type: "OPENED" };
    case "qr":
      return { type: "QR_SHOWN" };
    case "connecting":
    case "unresponsive":
      return { type: "OPENING" };
    case "disconnected":
    case "disconnected_by_member":
      return { type: "CLOSED" };
    case "setup_failed":
      return { type: "SETUP_FAILED" };
  }
}

const NO_QR = { qrCode: null, qrImage: null, qrPairingCode: null, qrExpiresAt: null };
const NO_ERROR = { lastErrorCode: null, lastErrorDetail: null, lastErrorAt: null, errorCount: 0 };

/** The columns that differ; empty when the news are old. */
function changesOf(channel: Channel, news: ConnectionNews, status: Channel["status"]): ChannelChanges {
  const lost = channel.status === "connected" && status !== "connected" && channel.lostAt === null;
  return { ...ownChangesOf(channel, news, status), ...(lost && { lostAt: new Date() }) };
}

function ownChangesOf(channel: Channel, news: ConnectionNews, status: Channel["status"]): ChannelChanges {
  switch (news.type) {
    case "connected":
      return onlyChanged(channel, {
        ...NO_QR,
        ...NO_ERROR,
        // Whoever scans has an instance made anew, and with it an empty record.
        ...(channel.qrCode && { recordSince: new Date() }),
        ...(channel.connectedFirstAt === null && { connectedFirstAt: new Date() }),
        ...(news.ownPhone && { phone: phoneFromWhatsAppId(news.ownPhone).e164 }),
        ...(news.profileName && { profileName: news.profileName }),
        ...(news.pictureUrl && { pictureUrl: news.pictureUrl }),
      });
    case "qr":
      if (status !== "qr" || channel.qrCode === news.qr.code) return {};
      return {
        ...NO_ERROR,
        qrCode: news.qr.code,
        qrImage: news.qr.image,
        qrPairingCode: news.qr.pairingCode ?? null,
        qrExpiresAt: new Date(Date.now() + QR_LIFE_MS),
      };
    case "connecting":
      // The code stays on record until the number is connected: only then was it scanned.
      return {};
    case "unresponsive":
      if (channel.lastErrorCode === "disconnect.unresponsive") return {};
      return failure(channel, "disconnect.unresponsive", null);
    case "disconnected":
      return status === channel.status
        ? betterCause(channel, news.cause)
        : { ...NO_QR, ...failure(channel, `disconnect.${news.cause}`, null) };
    case "disconnected_by_member":
      return { ...NO_QR, ...NO_ERROR };
    case "setup_failed":
      return { ...NO_QR, ...failure(channel, news.error, news.detail ?? null) };
  }
}

/** The gateway tells one end up to three times, in any order and not always with its cause. */
function betterCause(channel: Channel, cause: DisconnectCause): ChannelChanges {
  const code = `disconnect.${cause}`;
  const told = !channel.wanted || channel.status !== "disconnected" || channel.lastErrorCode === code;
  return told || cause === "unknown" ? {} : { lastErrorCode: code };
}

function failure(channel: Channel, code: string, detail: string | null): ChannelChanges {
  return {
    lastErrorCode: code,
    lastErrorDetail: detail,
    lastErrorAt: new Date(),
    errorCount: channel.errorCount + 1,
  };
}

function onlyChanged(channel: Channel, wanted: ChannelChanges): ChannelChanges {
  const now = new Map<string, unknown>(Object.entries(channel));
  return Object.fromEntries(Object.entries(wanted).filter(([column, value]) => now.get(column) !== value));
}
