import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { queueChange } from "./apply-change.ts";
import { type MessageRow, SHOWN_WITH } from "./present.ts";
import { requireMessage } from "./queries.ts";
import type { EditMessage } from "./schema.ts";

/** WhatsApp ignores later edits without a word (evolution CONTRACT section 8). */
export const EDIT_MS = 15 * 60_000;
/** And deletions for everyone after about two days. */
export const DELETE_MS = 2 * 24 * 3_600_000;

/** Asks WhatsApp to change the words of one of our messages; they change here once it has. */
export function editMessage(ctx: Ctx, id: MessageId, input: EditMessage): Promise<MessageRow> {
  return change(ctx, id, EDIT_MS, (message) => {
    if (message.type !== "text" && message.type !== "image" && message.type !== "video")
      throw notChangeable();
    return { pendingText: input.text };
  });
}

/** Asks WhatsApp to delete one of our messages for everyone. */
export function deleteMessage(ctx: Ctx, id: MessageId): Promise<MessageRow> {
  return change(ctx, id, DELETE_MS, () => ({ pendingDelete: true }));
}

type Wish = { pendingText: string } | { pendingDelete: true };

function change(
  ctx: Ctx,
  id: MessageId,
  withinMs: number,
  wish: (message: Message) => Wish,
): Promise<MessageRow> {
  return inTransaction(ctx, async (tx) => {
    const message = await requireMessage(tx, id);
    assertChangeable(message, withinMs);
    const data = { ...wish(message), changeError: null };
    const updated = await tx.db.message.update({ where: { id }, data, include: SHOWN_WITH });
    queueChange(tx, message);
    await refreshLastMessage(tx, updated);
    return updated;
  });
}

function assertChangeable(message: Message, withinMs: number): void {
  const ours = message.direction === "outbound" && message.externalId !== null && message.deletedAt === null;
  if (!ours) throw notChangeable();
  if (Date.now() - message.sentAt.getTime() > withinMs) throw new AppError("change_too_late");
}

function notChangeable(): AppError {
  return new AppError("message_not_changeable");
}
