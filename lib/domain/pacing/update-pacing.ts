import { audit } from "#lib/domain/audit.ts";
import { assertMayManageChannels } from "#lib/domain/channels/policy.ts";
import { requireChannel } from "#lib/domain/channels/queries.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { wakeChannel } from "./delivery-lane.ts";
import { readPacingOf } from "./queries.ts";
import { type PacingView, readPacing, type UpdatePacing } from "./schema.ts";

/** Changes the settings given; messages that wait are held to the new ones at once. */
export async function updatePacing(ctx: Ctx, channelId: ChannelId, input: UpdatePacing): Promise<PacingView> {
  assertMayManageChannels(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const channel = await requireChannel(tx, channelId);
    const pacing = { ...readPacing(channel.pacing), ...input };
    await tx.db.channel.update({ where: { id: channelId }, data: { pacing } });
    await wakeChannel(tx, channelId);
    await audit(tx, "channel.pacing_changed", channelId, { fields: Object.keys(input).join(",") });
    emit(tx, { type: "channel.updated", channelId });
    return readPacingOf(tx.db, channelId);
  });
}
