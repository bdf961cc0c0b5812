import { type Db, tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { presentPacing } from "./present.ts";
import type { PacingView } from "./schema.ts";

export function getPacing(ctx: Ctx, channelId: ChannelId): Promise<PacingView> {
  return tenantTransaction(ctx.tenantId, (db) => readPacingOf(db, channelId));
}

export async function readPacingOf(db: Db, channelId: ChannelId): Promise<PacingView> {
  const channel = await db.channel.findUnique({ where: { id: channelId }, include: { tenant: true } });
  if (!channel) throw new AppError("not_found");
  const waiting = await db.message.count({
    where: { channelId, status: "queued", waitReason: { not: null } },
  });
  return presentPacing(channel, waiting, channel.tenant.timeZone, new Date());
}
