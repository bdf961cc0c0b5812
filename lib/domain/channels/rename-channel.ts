import { audit } from "#lib/domain/audit.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { assertMayManageChannels } from "./policy.ts";
import { requireChannel } from "./queries.ts";
import type { UpdateChannel } from "./schema.ts";

export async function renameChannel(ctx: Ctx, channelId: ChannelId, input: UpdateChannel): Promise<Channel> {
  assertMayManageChannels(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    await requireChannel(tx, channelId);
    await audit(tx, "channel.renamed", channelId);
    emit(tx, { type: "channel.updated", channelId });
    return tx.db.channel.update({ where: { id: channelId }, data: { name: input.name } });
  });
}
