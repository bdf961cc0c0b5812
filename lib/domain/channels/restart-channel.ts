import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";
import { applyConnection, asNews } from "./apply-connection.ts";
import { assertMayManageChannels } from "./policy.ts";
import { getChannel, requireChannel } from "./queries.ts";
import { writeTimeline } from "./write-timeline.ts";

/** Closes and reopens the connection; the gateway answers with the old state, so its true one is asked for after. */
export async function restartChannel(ctx: Ctx, channelId: ChannelId): Promise<Channel> {
  assertMayManageChannels(ctx.actor);
  const channel = await getChannel(ctx, channelId);
  const adapter = adapterFor(channel.kind);
  await adapter.restart(channelAccess(channel));
  const state = await adapter.connectionState(channelAccess(channel));
  return inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channelId);
    await writeTimeline(
      tx,
      channelId,
      "restarted_by_member",
      ctx.actor.kind === "system" ? {} : { memberName: ctx.actor.name },
    );
    return applyConnection(tx, current, asNews(state));
  });
}
