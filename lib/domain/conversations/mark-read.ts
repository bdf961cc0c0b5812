import { type Ctx, emit, enqueue, inTransaction } from "#lib/domain/context.ts";
import { asId, type ConversationId } from "#lib/kernel/ids.ts";
import type { ConversationRow } from "./present.ts";
import { requireConversation } from "./queries.ts";

/** How many read marks go to WhatsApp at once; older ones the customer sees as read anyway. */
const MARKED_MAX = 50;

/** Nothing is unread any more; the customer gets the blue ticks from a job. */
export function markRead(ctx: Ctx, conversationId: ConversationId): Promise<ConversationRow> {
  return inTransaction(ctx, async (tx) => {
    const conversation = await requireConversation(tx, conversationId);
    if (conversation.unreadCount === 0) return conversation;
    const unread = await tx.db.message.findMany({
      where: { conversationId, direction: "inbound" },
      orderBy: [{ orderedAt: "desc" }, { id: "desc" }],
      take: Math.min(conversation.unreadCount, MARKED_MAX),
      select: { id: true },
    });
    const messageIds = unread.map(({ id }) => asId("message", id));
    enqueue(tx, "mark-read-on-whatsapp", { conversationId, messageIds }, { key: conversationId });
    emit(tx, { type: "conversation.updated", conversationId });
    await tx.db.conversation.update({ where: { id: conversationId }, data: { unreadCount: 0 } });
    return { ...conversation, unreadCount: 0 };
  });
}
