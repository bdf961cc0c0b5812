import { emit, type Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import type { GapReason } from "./schema.ts";

const ACTIVE_MS = 7 * 24 * 3600_000;

/** Marks a stretch of time in every chat that was active around it. Drawn already: made longer if need be. */
export async function drawGaps(
  tx: Tx,
  channel: Channel,
  { from, to, reason }: { from: Date; to: Date; reason: GapReason },
): Promise<void> {
  const conversations = await tx.db.conversation.findMany({
    where: {
      channelId: channel.id,
      allowed: true,
      lastMessageId: { not: null },
      lastMessageAt: { gte: new Date(from.getTime() - ACTIVE_MS) },
    },
    select: { id: true },
  });
  const ids = conversations.map(({ id }) => id);
  const drawn = await tx.db.gap.createMany({
    data: ids.map((conversationId) => ({ id: newId("gap"), conversationId, from, to, reason })),
    skipDuplicates: true,
  });
  const longer = await tx.db.gap.updateMany({
    where: { conversationId: { in: ids }, from, to: { lt: to } },
    data: { to, reason },
  });
  if (drawn.count + longer.count > 0) emit(tx, { type: "channel.updated", channelId: channel.id });
}
