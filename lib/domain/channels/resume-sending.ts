import { resolveAlert } from "#lib/domain/alerts/resolve-alert.ts";
import { audit } from "#lib/domain/audit.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import { wakeChannel } from "#lib/domain/pacing/delivery-lane.ts";
import { readPacingOf } from "#lib/domain/pacing/queries.ts";
import type { PacingView } from "#lib/domain/pacing/schema.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { assertMayManageChannels } from "./policy.ts";
import { requireChannel } from "./queries.ts";

/** A member has looked at the number and takes the responsibility: what waits may leave, at its pace. */
export async function resumeSending(ctx: Ctx, channelId: ChannelId): Promise<PacingView> {
  assertMayManageChannels(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const channel = await requireChannel(tx, channelId);
    if (channel.stopReason !== null) {
      await tx.db.channel.update({
        where: { id: channelId },
        data: {
          stoppedAt: null,
          stopReason: null,
          resumedAt: new Date(),
          sendsUnanswered: 0,
          unansweredSince: null,
        },
      });
      await resolveAlert(tx, channelId, ["sending_stopped"]);
      await wakeChannel(tx, channelId);
      await audit(tx, "channel.sending_resumed", channelId, { reason: channel.stopReason });
      emit(tx, { type: "channel.updated", channelId });
    }
    return readPacingOf(tx.db, channelId);
  });
}
