import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { lockForDelivery, wakeNext } from "#lib/domain/pacing/delivery-lane.ts";
import { toErrorCode } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import { setStatus } from "./set-status.ts";

/** Ends a delivery that a bug of ours keeps from working: one in flight may have left, a queued one has not. */
export async function failMessage(ctx: Ctx, id: MessageId, error: unknown): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const found = await lockForDelivery(tx, id);
    if (!found) return;
    const { message, lane } = found;
    const cause = { errorCode: toErrorCode(error), errorDetail: null };
    if (message.status === "sending") await setStatus(tx, message, "unconfirmed", new Date(), cause);
    if (message.status === "queued") await setStatus(tx, message, "failed", new Date(), cause);
    wakeNext(tx, lane);
  });
}
