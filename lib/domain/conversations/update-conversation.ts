import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { ConversationRow } from "./present.ts";
import { requireConversation } from "./queries.ts";
import type { UpdateConversation } from "./schema.ts";

/** Closes or reopens; a customer's next message reopens by itself. */
export function updateConversation(
  ctx: Ctx,
  id: ConversationId,
  input: UpdateConversation,
): Promise<ConversationRow> {
  return inTransaction(ctx, async (tx) => {
    const conversation = await requireConversation(tx, id);
    if (conversation.status === input.status) return conversation;
    emit(tx, { type: "conversation.updated", conversationId: id });
    await tx.db.conversation.update({ where: { id }, data: { status: input.status } });
    return { ...conversation, status: input.status };
  });
}
