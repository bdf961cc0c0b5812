import { audit } from "#lib/domain/audit.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import { wakeChannel } from "#lib/domain/pacing/delivery-lane.ts";
import { readPacingOf } from "#lib/domain/pacing/queries.ts";
import { type PacingView, readPacing, type UpdatePacing } from "#lib/domain/pacing/schema.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { assertMayManageChannels } from "./policy.ts";
import { requireChannel } from "./queries.ts";

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
