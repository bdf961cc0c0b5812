import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx, Tx } from "#lib/domain/context.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Page, PageQuery } from "#lib/kernel/page-schema.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { presentChannel, presentTimelineEntry } from "./present.ts";
import type { ChannelView, TimelineEntry } from "./schema.ts";

export async function listChannels(ctx: Ctx): Promise<ChannelView[]> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.channel.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
  );
  return rows.map(presentChannel);
}

export async function getChannel(ctx: Ctx, id: ChannelId): Promise<Channel> {
  const channel = await tenantTransaction(ctx.tenantId, (db) => db.channel.findUnique({ where: { id } }));
  if (!channel) throw new AppError("not_found");
  return channel;
}

/** The channel, locked until the transaction ends; another tenant's is not found. */
export async function requireChannel(tx: Tx, id: string): Promise<Channel> {
  await tx.db.$executeRaw`select 1 from channels where id = ${id} for update`;
  const channel = await tx.db.channel.findUnique({ where: { id } });
  if (!channel) throw new AppError("not_found");
  return channel;
}

export async function listTimeline(
  ctx: Ctx,
  channelId: ChannelId,
  query: PageQuery,
): Promise<Page<TimelineEntry>> {
  const after = decodeCursor(query.cursor);
  const rows = await tenantTransaction(ctx.tenantId, async (db) => {
    const channel = await db.channel.findUnique({ where: { id: channelId }, select: { id: true } });
    if (!channel) throw new AppError("not_found");
    return db.channelEvent.findMany({
      where: { channelId, ...olderThan("at", after) },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: query.limit + 1,
    });
  });
  return pageOf(rows, query.limit, (row) => row, presentTimelineEntry);
}
