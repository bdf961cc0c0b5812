import { type Ctx, enqueue, inTransaction } from "#lib/domain/context.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import { type MessageRow, SHOWN_WITH } from "./present.ts";
import { requireMessage } from "./queries.ts";
import { mayRetry } from "./status.ts";

/** Sends a failed or unconfirmed message again because a person decided so. */
export function retryMessage(ctx: Ctx, id: MessageId): Promise<MessageRow> {
  return inTransaction(ctx, async (tx) => {
    const message = await requireMessage(tx, id);
    if (!mayRetry(message.status)) throw new AppError("message_not_retryable");
    // The ticks of the earlier attempt are not those of the next one.
    await tx.db.receipt.deleteMany({ where: { messageId: id } });
    const updated = await tx.db.message.update({
      where: { id },
      data: {
        status: "queued",
        attempts: 0,
        errorCode: null,
        errorDetail: null,
        externalId: null,
        claimedAt: null,
        waitReason: null,
        waitUntil: null,
      },
      include: SHOWN_WITH,
    });
    enqueue(tx, "deliver-message", { messageId: id }, { key: message.conversationId });
    await refreshLastMessage(tx, updated);
    return updated;
  });
}
