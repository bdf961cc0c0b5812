import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import type { Channel } from "#prisma/generated/client.ts";

/** Takes away the marks over time that the gateway's record has covered by now. */
export async function closeCoveredGaps(ctx: Ctx, channel: Channel, coveredUpTo: Date): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const where = { reason: "not_asked", to: { lte: coveredUpTo }, conversation: { channelId: channel.id } };
    const { recordSince } = channel;
    // Asked at last, but of a record that begins after the gap did: that is as good as not asked.
    if (recordSince)
      await tx.db.gap.updateMany({
        where: { ...where, from: { lt: recordSince } },
        data: { reason: "record_lost" },
      });
    const { count } = await tx.db.gap.deleteMany({ where });
    if (count > 0) emit(tx, { type: "channel.updated", channelId: channel.id });
  });
}

/** History comes within minutes of a pairing; after that nobody asks any more. */
const HISTORY_MS = 30 * 60_000;
const GAPS_PER_ROUND = 20;
const LOOK_BACK_MS = 7 * 24 * 3600_000;

/**
 * After a pairing WhatsApp sends each chat's latest messages in one piece. A record that begins after
 * the gap and yet holds something from before it got that piece, and with it all that lies between.
 */
export async function closeGapsByHistory(ctx: Ctx, channel: Channel): Promise<void> {
  if (Date.now() - channel.statusSince.getTime() > HISTORY_MS) return;
  const gaps = await inTransaction(ctx, (tx) =>
    tx.db.gap.findMany({
      where: { reason: "record_lost", conversation: { channelId: channel.id } },
      orderBy: { id: "desc" },
      take: GAPS_PER_ROUND,
      include: { conversation: { include: { contact: { include: { identities: true } } } } },
    }),
  );
  for (const gap of gaps) {
    const chat = gap.conversation.contact.identities.map(({ kind, value }) => ({ kind, id: value }));
    const from = new Date(gap.from.getTime() - LOOK_BACK_MS);
    const query = { chat, from, to: gap.from, limit: 1 };
    const before = await adapterFor(channel.kind).findMessages(channelAccess(channel), query);
    if (before.length === 0) continue;
    await inTransaction(ctx, async (tx) => {
      const { count } = await tx.db.gap.deleteMany({ where: { id: gap.id } });
      if (count > 0) emit(tx, { type: "channel.updated", channelId: channel.id });
    });
  }
}
