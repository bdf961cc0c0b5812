import { actorId, type Ctx, emit, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { openConversationIn } from "#lib/domain/conversations/open-conversation.ts";
import type { ConversationRow } from "#lib/domain/conversations/present.ts";
import { requireConversation } from "#lib/domain/conversations/queries.ts";
import { recordMessage } from "#lib/domain/conversations/record-message.ts";
import { ensureAnswerable } from "#lib/domain/messages/policy.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type ConversationId, newId } from "#lib/kernel/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { type MessageRow, WITH_RECEIPTS } from "./present.ts";
import type { SendMessage, SendToPhone } from "./schema.ts";

/** Queues a message. The same id again is the same message: nothing is added, the row comes back. */
export function sendMessage(
  ctx: Ctx,
  conversationId: ConversationId,
  input: SendMessage,
): Promise<MessageRow> {
  return inTransaction(ctx, async (tx) =>
    queueMessage(tx, await requireConversation(tx, conversationId), input),
  );
}

/** The same to a phone number, starting the conversation when there is none. */
export function sendToPhone(ctx: Ctx, { to, channelId, ...input }: SendToPhone): Promise<MessageRow> {
  return inTransaction(ctx, async (tx) =>
    queueMessage(tx, await openConversationIn(tx, { to, channelId }), input),
  );
}

async function queueMessage(tx: Tx, conversation: ConversationRow, input: SendMessage): Promise<MessageRow> {
  ensureAnswerable(tx.actor, conversation);
  const id = input.id ?? newId("message");
  const now = new Date();
  const quoted = await quoteOf(tx, conversation, input.replyToId);
  const data: Prisma.MessageCreateManyInput = {
    id,
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: "outbound",
    type: input.type,
    text: input.text,
    status: "queued",
    authorKind: tx.actor.kind === "member" ? "member" : "api",
    authorId: actorId(tx.actor),
    authorName: tx.actor.kind === "system" ? null : tx.actor.name,
    sentAt: now,
    orderedAt: now,
    ...quoted,
  };
  const { count } = await tx.db.message.createMany({ data: [data], skipDuplicates: true });
  const message = await tx.db.message.findUnique({ where: { id }, include: WITH_RECEIPTS });
  // Taken by another tenant (invisible here), in another chat, or for another text.
  const same =
    message?.conversationId === conversation.id &&
    message.text === input.text &&
    message.direction === "outbound";
  if (!message || !same)
    throw new AppError("id_taken", {
      fields: [{ path: "id", code: "id_taken", message: "is the id of another message" }],
    });
  if (count === 0) return message;
  await recordMessage(tx, conversation, message, { unread: false });
  enqueue(tx, "deliver-message", { messageId: asId("message", id) }, { key: conversation.id });
  emit(tx, { type: "message.queued", messageId: id, conversationId: conversation.id });
  return message;
}

async function quoteOf(tx: Tx, conversation: ConversationRow, replyToId: string | undefined) {
  if (!replyToId) return {};
  const original = await tx.db.message.findUnique({ where: { id: replyToId } });
  if (original?.conversationId === conversation.id)
    return { replyToId, quoted: { text: original.text, type: original.type } };
  const field = { path: "replyToId", code: "not_found", message: "is not a message of this conversation" };
  throw new AppError("invalid_input", { fields: [field] });
}
