import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { audit } from "#lib/domain/audit.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { forgetFiles } from "#lib/domain/files/delete-files.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { channelAccess } from "./access.ts";
import { assertMayManageChannels } from "./policy.ts";
import { getChannel, requireChannel } from "./queries.ts";

/** Deletes the channel with its conversations and messages, here and on the gateway. Cannot be undone. */
export async function deleteChannel(ctx: Ctx, channelId: ChannelId): Promise<void> {
  assertMayManageChannels(ctx.actor);
  const channel = await getChannel(ctx, channelId);
  await adapterFor(channel.kind).disconnect(channelAccess(channel));
  await inTransaction(ctx, async (tx) => {
    await requireChannel(tx, channelId);
    await audit(tx, "channel.deleted", channelId, { name: channel.name });
    await forgetFiles(tx, { message: { channelId } });
    await tx.db.channel.delete({ where: { id: channelId } });
  });
}
