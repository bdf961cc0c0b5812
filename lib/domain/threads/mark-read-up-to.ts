import { emit, type Tx } from "#lib/domain/context.ts";
import type { Conversation } from "#prisma/generated/client.ts";

type Read = Pick<Conversation, "id" | "unreadCount" | "readOnPhoneAt">;

/**
 * The owner has seen the chat up to this moment on the business's own phone. The moment is kept, because
 * webhooks overtake each other: what is from before it and comes later has been read as well. The
 * conversation is locked.
 */
export async function markReadUpTo(tx: Tx, conversation: Read, at: Date): Promise<void> {
  if (isReadOnPhone(conversation, at)) return;
  const unreadCount = Math.min(conversation.unreadCount, await countInboundSince(tx, conversation.id, at));
  await tx.db.conversation.update({
    where: { id: conversation.id },
    data: { readOnPhoneAt: at, unreadCount },
    select: { id: true },
  });
  if (unreadCount !== conversation.unreadCount)
    emit(tx, { type: "conversation.updated", conversationId: conversation.id });
}

/** True for a moment up to which the chat was read on the phone already. */
export function isReadOnPhone({ readOnPhoneAt }: Pick<Read, "readOnPhoneAt">, at: Date): boolean {
  return readOnPhoneAt !== null && readOnPhoneAt >= at;
}

/** What may at most be unread in a chat that was read up to then. */
export function countInboundSince(tx: Tx, conversationId: string, at: Date): Promise<number> {
  return tx.db.message.count({
    where: { conversationId, direction: "inbound", type: { not: "reaction" }, orderedAt: { gt: at } },
  });
}
