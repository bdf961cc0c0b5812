import type { Actor } from "#lib/domain/context.ts";
import type { ConversationRow } from "#lib/domain/conversations/present.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Every member may answer every chat with a person, and the groups that the business allows. */
export function ensureAnswerable(_actor: Actor, conversation: ConversationRow): void {
  if (!conversation.allowed)
    throw new AppError("forbidden", { detail: "This group is not allowed in the inbox." });
}
