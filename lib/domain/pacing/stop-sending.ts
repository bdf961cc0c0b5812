import { openAlert } from "#lib/domain/alerts/open-alert.ts";
import { emit, type Tx } from "#lib/domain/context.ts";
import type { Channel } from "#prisma/generated/client.ts";
import type { StopReason } from "./schema.ts";

/** Holds back what a channel would send until a member resumes it; the first reason stays, unless a worse one comes. */
export async function stopSending(
  tx: Tx,
  channel: Pick<Channel, "id" | "stopReason">,
  reason: StopReason,
  now: Date,
): Promise<void> {
  if (channel.stopReason === reason || (channel.stopReason !== null && !isWorse(reason))) return;
  await tx.db.channel.update({
    where: { id: channel.id },
    data: { stoppedAt: now, stopReason: reason },
    select: { id: true },
  });
  await openAlert(tx, { kind: "sending_stopped", channelId: channel.id, code: null, since: now });
  emit(tx, { type: "channel.updated", channelId: channel.id });
}

function isWorse(reason: StopReason): boolean {
  return reason === "banned" || reason === "logged_out";
}
