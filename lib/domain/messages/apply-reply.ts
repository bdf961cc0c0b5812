import { emit, type Tx } from "#lib/domain/context.ts";
import type { Message } from "#prisma/generated/client.ts";

/** A reply that was here before the message it quotes. */
export async function applyReply(tx: Tx, original: Message, replyId: string): Promise<void> {
  const { conversationId, text, type } = original;
  const { count } = await tx.db.message.updateMany({
    // In this chat, whose lock we hold.
    where: { id: replyId, conversationId, replyToId: null },
    data: { replyToId: original.id, ...(text !== null && { quoted: { text, type } }) },
  });
  if (count > 0) emit(tx, { type: "message.updated", messageId: replyId, conversationId });
}
