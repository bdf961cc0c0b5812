import { audit } from "#lib/domain/audit.ts";
import { assertMayManageChannels } from "#lib/domain/channels/policy.ts";
import type { UpdateGroup } from "#lib/domain/contacts/schema.ts";
import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { ConversationRow } from "./present.ts";
import { requireConversation } from "./queries.ts";

/** Shows a group in the inbox from now on, or hides it again; what it wrote meanwhile is not unread. */
export function allowGroup(ctx: Ctx, id: ConversationId, { allowed }: UpdateGroup): Promise<ConversationRow> {
  assertMayManageChannels(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const conversation = await requireConversation(tx, id);
    if (conversation.contact.kind !== "group") throw new AppError("not_found");
    if (conversation.allowed === allowed) return conversation;
    await tx.db.conversation.update({ where: { id }, data: { allowed, unreadCount: 0 } });
    await audit(tx, allowed ? "group.allowed" : "group.disallowed", id);
    emit(tx, { type: "conversation.updated", conversationId: id });
    return { ...conversation, allowed, unreadCount: 0 };
  });
}
