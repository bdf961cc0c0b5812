import type { Tx } from "#lib/domain/context.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Message, Prisma } from "#prisma/generated/client.ts";

/** Writes a status with the moment it was reached, and tells the browsers. Whether it may, the caller knows. */
export async function setStatus(
  tx: Tx,
  message: Pick<Message, "id">,
  status: Message["status"],
  at: Date,
  more: Prisma.MessageUpdateInput = {},
): Promise<void> {
  const data = { errorCode: null, errorDetail: null, ...more, status };
  const updated = await tx.db.message.update({ where: { id: message.id }, data });
  await tx.db.receipt.createMany({
    data: [{ id: newId("receipt"), messageId: message.id, status, at }],
    skipDuplicates: true,
  });
  await refreshLastMessage(tx, updated);
}
