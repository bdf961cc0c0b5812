import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { audit } from "#lib/domain/audit.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";
import { applyConnection } from "./apply-connection.ts";
import { assertMayManageChannels } from "./policy.ts";
import { getChannel, requireChannel } from "./queries.ts";

/** Logs the number out and frees the gateway's instance; chats and history stay. */
export async function disconnectChannel(ctx: Ctx, channelId: ChannelId): Promise<Channel> {
  assertMayManageChannels(ctx.actor);
  const channel = await getChannel(ctx, channelId);
  await adapterFor(channel.kind).disconnect(channelAccess(channel));
  return inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channelId);
    await audit(tx, "channel.disconnected", channelId);
    const unwanted = await tx.db.channel.update({ where: { id: current.id }, data: { wanted: false } });
    const memberName = ctx.actor.kind === "system" ? "" : ctx.actor.name;
    return applyConnection(tx, unwanted, { type: "disconnected_by_member", memberName });
  });
}
