import { emit, type Tx } from "#lib/domain/context.ts";
import { requireConversation } from "./queries.ts";

/** The owner read this message on the phone: what came up to it is read here too. */
export async function markReadUpTo(tx: Tx, channelId: string, externalId: string): Promise<string | null> {
  const where = { tenantId_channelId_externalId: { tenantId: tx.tenantId, channelId, externalId } };
  const message = await tx.db.message.findUnique({
    where,
    select: { conversationId: true, orderedAt: true },
  });
  if (!message) return null;
  const conversation = await requireConversation(tx, message.conversationId);
  if (conversation.unreadCount === 0) return conversation.id;
  const newer = await tx.db.message.count({
    where: { conversationId: conversation.id, direction: "inbound", orderedAt: { gt: message.orderedAt } },
  });
  if (newer >= conversation.unreadCount) return conversation.id;
  await tx.db.conversation.update({ where: { id: conversation.id }, data: { unreadCount: newer } });
  emit(tx, { type: "conversation.updated", conversationId: conversation.id });
  return conversation.id;
}
