import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { AppError, toErrorCode } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import { changeMessage } from "./apply-change.ts";
import { requireMessage } from "./queries.ts";

/** Carries an edit or deletion to WhatsApp. Repeating either does no harm, so a lost answer is simply asked again. */
export async function pushChange(ctx: Ctx, id: MessageId): Promise<"done" | "later"> {
  const message = await inTransaction(ctx, (tx) =>
    tx.db.message.findUnique({ where: { id }, include: { channel: true, conversation: true } }),
  );
  if (!message?.externalId || (message.pendingText === null && !message.pendingDelete)) return "done";
  const { channel, conversation, externalId } = message;
  const to = { kind: conversation.addressKind, id: conversation.addressValue };
  const adapter = adapterFor(channel.kind);
  try {
    if (message.pendingDelete) await adapter.delete(channelAccess(channel), { to, externalId });
    else if (message.pendingText !== null)
      await adapter.edit(channelAccess(channel), { to, externalId }, message.pendingText);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.retryable || error.code === "send_outcome_unknown") return "later";
    await giveUpChange(ctx, id, error);
    return "done";
  }
  await inTransaction(ctx, async (tx) => {
    const current = await requireMessage(tx, id);
    if (message.pendingDelete) await changeMessage(tx, current, { type: "deletion", at: new Date() });
    else await changeMessage(tx, current, { type: "edit", text: message.pendingText, at: new Date() });
  });
  return "done";
}

/** The message stays as it was, and says why. */
export async function giveUpChange(ctx: Ctx, id: MessageId, error: unknown): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const data = {
      pendingText: null,
      pendingDelete: false,
      changeError: error === undefined ? "gateway_timeout" : toErrorCode(error),
    };
    await requireMessage(tx, id);
    await refreshLastMessage(tx, await tx.db.message.update({ where: { id }, data }));
  });
}
