import type { Address, ChannelEvent, DisconnectCause } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { applyConnection } from "#lib/domain/channels/apply-connection.ts";
import { requireChannel } from "#lib/domain/channels/queries.ts";
import { assertAloneWithContacts, shareContacts } from "#lib/domain/contacts/contacts-lock.ts";
import { learnAboutContact } from "#lib/domain/contacts/record-profile.ts";
import { updateGroup } from "#lib/domain/contacts/update-group.ts";
import { type Ctx, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { applyChange } from "#lib/domain/messages/apply-change.ts";
import { applyReadOnPhone } from "#lib/domain/messages/apply-read-on-phone.ts";
import { applyReceipt } from "#lib/domain/messages/apply-receipt.ts";
import { receiveMessage } from "#lib/domain/messages/receive-message.ts";
import { toErrorCode } from "#lib/kernel/errors.ts";
import { asId, type InboundEventId } from "#lib/kernel/ids.ts";
import type { Channel, InboundEvent, Prisma } from "#prisma/generated/client.ts";

/** One thing an event became, or why it became nothing. */
type Effect = { kind: string; id?: string; reason?: string };

/** A webhook is applied all or nothing up to this size; a chunk of history of thousands goes piece by piece. */
const PIECE = 50;

/**
 * Understands one stored webhook and applies it. Safe to repeat, also after some pieces: applying is
 * idempotent, and an event already processed is left alone.
 */
export async function processInboundEvent(ctx: Ctx, id: InboundEventId): Promise<void> {
  const event = await inTransaction(ctx, (tx) =>
    tx.db.inboundEvent.findUnique({ where: { id }, include: { channel: true } }),
  );
  if (!event || event.status === "processed" || event.status === "ignored") return;
  const news = adapterFor(event.channel.kind).parse(JSON.parse(event.body));
  const effects: Effect[] = [];
  for (let from = 0; from === 0 || from < news.length; from += PIECE) {
    const piece = news.slice(from, from + PIECE);
    await inTransaction(ctx, async (tx) => {
      await holdContacts(tx, piece);
      for (const item of piece) {
        if (event.attempts > 0 && ABOUT_THE_CONNECTION.has(item.type)) effects.push(OUTDATED);
        else effects.push(await apply(tx, event.channel, event, item));
      }
      if (from + PIECE >= news.length) await finish(tx, event, effects);
    });
  }
}

/**
 * Before any conversation is locked. News of several people (history) lock several conversations, in
 * whatever order they come: only one such transaction of a business runs at a time.
 */
async function holdContacts(tx: Tx, news: readonly ChannelEvent[]): Promise<void> {
  const people = new Set(
    news.flatMap((item) => {
      const addresses = item.type === "message" ? item.message.chat : addressesOf(item);
      return addresses[0] ? [`${addresses[0].kind}:${addresses[0].id}`] : [];
    }),
  );
  if (people.size > 1) assertAloneWithContacts(tx);
  if (people.size > 0) await shareContacts(tx);
}

function addressesOf(news: ChannelEvent): readonly Address[] {
  if (news.type === "contact") return news.addresses;
  return news.type === "group" ? [news.group] : [];
}

/** A replay would write down how the connection was then; how it is now is asked of the gateway each minute. */
const ABOUT_THE_CONNECTION = new Set<ChannelEvent["type"]>([
  "connection",
  "disconnected",
  "qr",
  "qr_exhausted",
]);
const OUTDATED: Effect = { kind: "ignored", reason: "connection_of_the_past" };

async function finish(tx: Tx, event: InboundEvent, effects: Effect[]): Promise<void> {
  const ignored = effects.every(({ kind }) => kind === "ignored");
  const data: Prisma.InboundEventUpdateInput = {
    status: ignored ? "ignored" : "processed",
    outcome: effects,
    attempts: { increment: 1 },
    processedAt: new Date(),
    errorCode: null,
    errorDetail: null,
  };
  await tx.db.inboundEvent.update({ where: { id: event.id }, data, select: { id: true } });
}

/** A poisoned event fails alone and visibly: it keeps its raw body and can be replayed. */
export async function failInboundEvent(ctx: Ctx, id: InboundEventId, error: unknown): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.db.inboundEvent.updateMany({
      where: { id, status: "pending" },
      data: {
        status: "failed",
        attempts: { increment: 1 },
        errorCode: toErrorCode(error),
        errorDetail: error instanceof Error ? error.message.slice(0, 500) : null,
        processedAt: new Date(),
      },
    });
  });
}

async function apply(tx: Tx, channel: Channel, event: InboundEvent, news: ChannelEvent): Promise<Effect> {
  switch (news.type) {
    case "message": {
      const arrival = { receivedAt: event.receivedAt, inboundEventId: event.id, source: news.source };
      const id = await receiveMessage(tx, channel, news.message, arrival);
      if (!news.message.fromMe) await touchChannel(tx, channel, { lastInboundAt: event.receivedAt });
      return { kind: "message", ...(id && { id }) };
    }
    case "receipt": {
      const id = await applyReceipt(tx, channel.id, news, event.receivedAt);
      // A refusal is no sign of life.
      if (news.status !== "failed") await touchChannel(tx, channel, { lastReceiptAt: event.receivedAt });
      return id ? { kind: "receipt", id } : { kind: "receipt", reason: "waits_for_message" };
    }
    case "read_on_phone": {
      const id = await applyReadOnPhone(tx, channel.id, news.externalId, event.receivedAt);
      return id ? { kind: "read_on_phone", id } : { kind: "read_on_phone", reason: "waits_for_message" };
    }
    case "connection":
      return applyToChannel(
        tx,
        channel,
        news.state === "connected" ? { ...news, type: "connected" } : { type: "connecting" },
      );
    case "qr":
      return applyToChannel(tx, channel, { type: "qr", qr: news.qr });
    case "qr_exhausted":
      return applyToChannel(tx, channel, { type: "disconnected", cause: "qr_exhausted", code: null });
    case "disconnected":
      if (!news.final) return applyToChannel(tx, channel, { type: "connecting" });
      return doubtDisconnect(tx, channel, news);
    case "contact": {
      const contact = await learnAboutContact(tx, news);
      return contact ? { kind: "contact", id: contact } : { kind: "ignored", reason: "unknown_contact" };
    }
    case "edit":
    case "deletion":
    case "reaction": {
      const id = await applyChange(tx, channel.id, news);
      return id ? { kind: news.type, id } : { kind: news.type, reason: "waits_for_message" };
    }
    case "group": {
      const contact = await updateGroup(tx, news.group, news);
      return contact ? { kind: "contact", id: contact } : { kind: "ignored", reason: "unknown_group" };
    }
    case "group_participants":
    case "presence":
    case "call":
      // The raw event stays in the log and can be replayed when its kind is shown.
      return { kind: "ignored", reason: `not_shown:${news.type}` };
    case "ignored":
      return { kind: "ignored", reason: news.reason };
  }
}

async function applyToChannel(
  tx: Tx,
  channel: Channel,
  news: Parameters<typeof applyConnection>[2],
): Promise<Effect> {
  const current = await requireChannel(tx, channel.id);
  // The last words of an instance that was taken down by hand.
  if (!current.wanted) return { kind: "ignored", reason: "channel_not_wanted" };
  await applyConnection(tx, current, news);
  return { kind: "channel", id: channel.id };
}

/**
 * The last words of an instance that was created anew since can arrive twenty minutes later, so an end
 * is only believed after the gateway was asked.
 */
function doubtDisconnect(
  tx: Tx,
  channel: Channel,
  { cause, code }: { cause: DisconnectCause; code: number | null },
): Effect {
  const channelId = asId("channel", channel.id);
  enqueue(tx, "verify-disconnect", { channelId, cause, code }, { key: channel.id });
  return { kind: "channel", id: channel.id, reason: "asking_the_gateway" };
}

/** At most one write in five seconds: every chat of the channel would wait for this row. */
async function touchChannel(
  tx: Tx,
  channel: Channel,
  seen: { lastInboundAt: Date } | { lastReceiptAt: Date },
): Promise<void> {
  const [before, now] =
    "lastInboundAt" in seen
      ? [channel.lastInboundAt, seen.lastInboundAt]
      : [channel.lastReceiptAt, seen.lastReceiptAt];
  if (before && now.getTime() - before.getTime() < 5000) return;
  await tx.db.$executeRaw`
    update channels set last_inbound_at = coalesce(${"lastInboundAt" in seen ? now : null}, last_inbound_at),
                        last_receipt_at = coalesce(${"lastReceiptAt" in seen ? now : null}, last_receipt_at)
    where id in (select id from channels where id = ${channel.id} for update skip locked)`;
}
