import type { SendReceipt } from "#lib/channel-adapters/contract.ts";
import { emit, type Tx } from "#lib/domain/context.ts";
import { recomputeLastMessage } from "#lib/domain/threads/record-message.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { applyHeldEvents } from "./apply-held-events.ts";
import { lockByExternalId, requireMessage } from "./queries.ts";
import { setStatus } from "./set-status.ts";

/** The gateway has taken a message of ours, under this id. */
export async function markSent(
  tx: Tx,
  { id, channelId }: Pick<Message, "id" | "channelId">,
  receipt: SendReceipt,
): Promise<void> {
  const message = await requireMessage(tx, id);
  // The echo webhook was faster and has settled it.
  if (message.externalId === receipt.externalId) return;
  const twin = await lockByExternalId(tx, channelId, receipt.externalId);
  const status = twin && twin.id !== id ? await takeOver(tx, message, twin) : "sent";
  await setStatus(tx, message, status, receipt.at, { externalId: receipt.externalId });
  if (twin) await recomputeLastMessage(tx, message.conversationId);
  await applyHeldEvents(tx, channelId, receipt.externalId);
}

/** The row that has our id already. Answers how far the message has got there. */
async function takeOver(tx: Tx, message: Message, twin: Message): Promise<Message["status"]> {
  if (twin.claimedAt !== null) {
    // Another send of ours in the same words had taken the echo for its own.
    await setStatus(tx, twin, "unconfirmed", new Date(), {
      externalId: null,
      errorCode: "send_outcome_unknown",
    });
    return "sent";
  }
  // The echo could not tell that it was ours and was stored as sent from elsewhere: one message, one row.
  const receipts = await tx.db.receipt.findMany({ where: { messageId: twin.id } });
  await tx.db.receipt.createMany({
    data: receipts.map(({ status, at }) => ({ id: newId("receipt"), messageId: message.id, status, at })),
    skipDuplicates: true,
  });
  await tx.db.reaction.updateMany({ where: { messageId: twin.id }, data: { messageId: message.id } });
  await tx.db.message.delete({ where: { id: twin.id } });
  // Gone: browsers that show it read the chat anew.
  emit(tx, { type: "message.updated", messageId: twin.id, conversationId: twin.conversationId });
  return twin.status;
}
