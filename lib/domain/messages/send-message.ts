import { actorId, type Ctx, emit, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { openConversationIn } from "#lib/domain/conversations/open-conversation.ts";
import type { ConversationRow } from "#lib/domain/conversations/present.ts";
import { requireConversation } from "#lib/domain/conversations/queries.ts";
import { attachUpload } from "#lib/domain/media/assign-upload.ts";
import { recordMessage, refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type ConversationId, type MessageId, newId } from "#lib/kernel/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { changeMessage } from "./apply-change.ts";
import { storedContent } from "./content.ts";
import { ensureAnswerable } from "./policy.ts";
import { ME, type MessageRow, SHOWN_WITH } from "./present.ts";
import { requireMessage } from "./queries.ts";
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
  const columns = columnsOf(input);
  const now = new Date();
  const data: Prisma.MessageCreateManyInput = {
    id,
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: "outbound",
    ...columns,
    status: "queued",
    authorKind: tx.actor.kind === "member" ? "member" : "api",
    authorId: actorId(tx.actor),
    authorName: tx.actor.kind === "system" ? null : tx.actor.name,
    sentAt: now,
    orderedAt: now,
    ...(await quoteOf(tx, conversation, input)),
  };
  const { count } = await tx.db.message.createMany({ data: [data], skipDuplicates: true });
  const message = await tx.db.message.findUnique({ where: { id }, include: SHOWN_WITH });
  if (!message || !isSameSend(message, conversation, columns)) throw idTaken();
  if (count === 0) return message;
  if ("mediaId" in input) await attachUpload(tx, input.mediaId, id, input.type);
  if (input.type === "reaction") await showReaction(tx, conversation, input, now);
  else await recordMessage(tx, conversation, message, { unread: false });
  enqueue(tx, "deliver-message", { messageId: id }, { key: conversation.id });
  emit(tx, { type: "message.queued", messageId: id, conversationId: conversation.id });
  return "mediaId" in input
    ? tx.db.message.findUniqueOrThrow({ where: { id }, include: SHOWN_WITH })
    : message;
}

type Columns = Pick<Prisma.MessageCreateManyInput, "type" | "text" | "content">;

function columnsOf(input: SendMessage): Columns & { text: string | null } {
  const { type } = input;
  switch (input.type) {
    case "text":
      return { type, text: input.text };
    case "image":
    case "video":
    case "document":
      return { type, text: input.text ?? null };
    case "audio":
    case "voice":
    case "sticker":
      return { type, text: null };
    case "location": {
      const { latitude, longitude, name, address } = input;
      const details = {
        kind: "location" as const,
        latitude,
        longitude,
        name: name || null,
        address: address || null,
        live: false,
      };
      return { type, text: name || address || null, content: storedContent({ details }) };
    }
    case "contacts": {
      const contacts = input.contacts.map(({ name, phones, emails = [], organization = null }) => ({
        name,
        phones,
        emails,
        organization,
      }));
      const text = contacts.map(({ name }) => name).join(", ");
      return { type, text, content: storedContent({ details: { kind: "contacts", contacts } }) };
    }
    case "poll": {
      const { options, selectableCount } = input;
      return {
        type,
        text: input.question,
        content: storedContent({ details: { kind: "poll", options, selectableCount } }),
      };
    }
    case "reaction":
      return {
        type,
        text: null,
        content: storedContent({ reaction: { targetId: input.targetId, emoji: input.emoji } }),
      };
  }
}

/** False for an id taken by another tenant (invisible here), in another chat, or for other words. */
function isSameSend(
  message: MessageRow,
  conversation: ConversationRow,
  columns: Columns & { text: string | null },
): boolean {
  return (
    message.conversationId === conversation.id &&
    message.direction === "outbound" &&
    message.type === columns.type &&
    message.text === columns.text
  );
}

function idTaken(): AppError {
  return new AppError("id_taken", {
    fields: [{ path: "id", code: "id_taken", message: "is the id of another message" }],
  });
}

async function quoteOf(tx: Tx, conversation: ConversationRow, input: SendMessage) {
  if (!("replyToId" in input) || !input.replyToId) return {};
  const original = await requireInConversation(tx, conversation, input.replyToId, "replyToId");
  return { replyToId: original.id, quoted: { text: original.text, type: original.type } };
}

async function requireInConversation(tx: Tx, conversation: ConversationRow, id: MessageId, path: string) {
  const found = await tx.db.message.findUnique({ where: { id } });
  if (found?.conversationId === conversation.id) return found;
  throw new AppError("invalid_input", {
    fields: [{ path, code: "not_found", message: "is not a message of this conversation" }],
  });
}

/** Shown at once; taken back when WhatsApp does not take it. */
async function showReaction(
  tx: Tx,
  conversation: ConversationRow,
  input: Extract<SendMessage, { type: "reaction" }>,
  at: Date,
) {
  const target = await requireInConversation(tx, conversation, input.targetId, "targetId");
  await changeMessage(tx, await requireMessage(tx, target.id), {
    type: "reaction",
    author: ME,
    authorName: null,
    emoji: input.emoji,
    at,
  });
}

/** Takes a message back from view that did not get there: a reaction of ours disappears again. */
export async function withdrawReaction(tx: Tx, targetId: string): Promise<void> {
  const target = await tx.db.message.findUnique({ where: { id: targetId } });
  if (!target) return;
  await tx.db.reaction.deleteMany({ where: { messageId: targetId, author: ME } });
  await refreshLastMessage(tx, target);
}
