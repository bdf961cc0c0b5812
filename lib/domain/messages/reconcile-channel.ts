import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { writeRecovered } from "#lib/domain/channels/write-timeline.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import { closeCoveredGaps, closeGapsByHistory } from "#lib/domain/gaps/close-gaps.ts";
import { drawGaps } from "#lib/domain/gaps/record-gaps.ts";
import { asId, type ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { compareRecords } from "./reconcile-records.ts";

/** Clocks differ, and a message may reach the record a little after its own time. */
const SLACK_MS = 2 * 60_000;

/** What is younger may still be on its way to us as a webhook. */
const IN_FLIGHT_MS = 10_000;

/** After a connect the gateway holds messages back for up to 20 s (evolution CONTRACT section 15). */
const SETTLED_MS = 60_000;

/** WhatsApp itself keeps what a linked device missed for about that long. */
const HORIZON_MS = 7 * 24 * 3600_000;

/** One round's work at most; the next one goes on from there. */
const QUESTIONS_PER_ROUND = 20;
const RECORDS_PER_QUESTION = 500;
const SPAN_MIN_MS = 1000;

/** `postponed`: our own webhooks are still being read, or the channel is not connected. */
export type Reconciled = { state: "done" | "more" | "postponed"; recovered: number };

/**
 * Compares the gateway's own record with ours and brings what is missing: messages, ticks, edits and
 * deletions. `channel.reconciledAt` is how far that got. Running it at any time, any number of times,
 * before or after the webhooks themselves, ends the same. Throws when the gateway cannot be asked.
 */
export async function reconcileChannel(
  ctx: Ctx,
  channelId: ChannelId,
  { inFlightMs = IN_FLIGHT_MS } = {},
): Promise<Reconciled> {
  const channel = await begin(ctx, channelId);
  if (!channel) return { state: "postponed", recovered: 0 };
  const to = new Date(Date.now() - inFlightMs);
  let from = startOf(channel);
  let span = Math.max(to.getTime() - from.getTime(), SPAN_MIN_MS);
  let recovered = 0;
  for (let asked = 0; asked < QUESTIONS_PER_ROUND && from < to; asked++) {
    const end = new Date(Math.min(from.getTime() + span, to.getTime()));
    const query = { from, to: end, limit: RECORDS_PER_QUESTION };
    const records = await adapterFor(channel.kind).findMessages(channelAccess(channel), query);
    // Pages of a moving record shift; a shorter window answers whole.
    if (records.length >= RECORDS_PER_QUESTION && span > SPAN_MIN_MS) {
      span = Math.max(Math.floor(span / 4), SPAN_MIN_MS);
      continue;
    }
    recovered += await compareRecords(ctx, channel, records);
    from = end;
    await advance(ctx, channel, end);
  }
  if (recovered > 0) await tellRecovered(ctx, channel, recovered);
  await closeCoveredGaps(ctx, channel, from);
  await closeGapsByHistory(ctx, channel);
  return { state: from < to ? "more" : "done", recovered };
}

/** When the gateway could not be asked in time about a stretch without connection: the chats say so. */
export async function markUnasked(ctx: Ctx, channelId: ChannelId): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const channel = await tx.db.channel.findUnique({ where: { id: channelId } });
    if (channel?.status !== "connected") return;
    const from = channel.lostAt ?? channel.reconciledAt;
    if (!from || from >= channel.statusSince) return;
    await drawGaps(tx, channel, { from, to: channel.statusSince, reason: "not_asked" });
  });
}

const BACKLOG_MS = 5_000;
const BACKLOG_MAX_MS = 10 * 60_000;

/** The channel to compare, or null when it is not the time for it. */
async function begin(ctx: Ctx, channelId: ChannelId): Promise<Channel | null> {
  return inTransaction(ctx, async (tx) => {
    const channel = await tx.db.channel.findUnique({ where: { id: channelId } });
    if (channel?.status !== "connected") return null;
    const now = Date.now();
    const backlog = await tx.db.inboundEvent.findFirst({
      where: {
        channelId,
        status: "pending",
        receivedAt: { lt: new Date(now - BACKLOG_MS), gt: new Date(now - BACKLOG_MAX_MS) },
      },
      select: { id: true },
    });
    // What has arrived and waits its turn was not lost.
    if (backlog) return null;
    const { lostAt, recordSince, statusSince } = channel;
    if (!lostAt) return channel;
    if (recordSince && recordSince > lostAt)
      await drawGaps(tx, channel, { from: lostAt, to: recordSince, reason: "record_lost" });
    if (now - statusSince.getTime() < SETTLED_MS) return channel;
    // Once more from where the connection was lost, now that all has come in.
    const reconciledAt = earlier(lostAt, channel.reconciledAt);
    return tx.db.channel.update({ where: { id: channelId }, data: { lostAt: null, reconciledAt } });
  });
}

function startOf({ reconciledAt, lostAt, createdAt }: Channel): Date {
  const reached = reconciledAt ?? lostAt ?? createdAt;
  return new Date(Math.max(reached.getTime() - SLACK_MS, Date.now() - HORIZON_MS));
}

function earlier(a: Date, b: Date | null): Date {
  return b && b < a ? b : a;
}

async function advance(ctx: Ctx, { id, lostAt }: Channel, reached: Date): Promise<void> {
  await inTransaction(ctx, (tx) =>
    // A connection lost meanwhile: what was heard before counts, what follows is asked for anew.
    tx.db.channel.updateMany({ where: { id, lostAt }, data: { reconciledAt: reached } }),
  );
}

async function tellRecovered(ctx: Ctx, channel: Channel, count: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await writeRecovered(tx, asId("channel", channel.id), count);
    emit(tx, { type: "channel.updated", channelId: channel.id });
  });
}
