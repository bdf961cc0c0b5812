import type { Actor } from "#lib/domain/context.ts";
import type { ConversationRow } from "#lib/domain/conversations/present.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Every member may answer every one-to-one chat; groups are read-only until the tenant allows them. */
export function ensureAnswerable(_actor: Actor, conversation: ConversationRow): void {
  if (conversation.contact.kind === "group")
    throw new AppError("forbidden", { detail: "Groups cannot be answered." });
}
