import { emit, type Tx } from "#lib/domain/context.ts";
import type { Conversation, Message, Prisma } from "#prisma/generated/client.ts";
import { isReadOnPhone, markReadUpTo } from "./mark-read-up-to.ts";

/** What a new message does to its conversation: preview, unread count, reopening. The row is locked by the caller. */
export async function recordMessage(
  tx: Tx,
  conversation: Conversation,
  message: Message,
  news: { unread: boolean },
): Promise<void> {
  const newest = conversation.lastMessageId === null || message.orderedAt >= conversation.lastMessageAt;
  const data: Prisma.ConversationUpdateInput = {
    ...(newest && lastMessageColumns(message)),
    ...(news.unread && { status: "open" }),
    ...(news.unread && !isReadOnPhone(conversation, message.orderedAt) && { unreadCount: { increment: 1 } }),
    ...(message.direction === "inbound" && {
      lastInboundAt: later(conversation.lastInboundAt, message.sentAt),
    }),
  };
  await tx.db.conversation.update({ where: { id: conversation.id }, data, select: { id: true } });
  // Who answers on the phone has read what came before.
  if (message.authorKind === "phone") await markReadUpTo(tx, conversation, message.orderedAt);
}

function lastMessageColumns(message: Message) {
  return {
    lastMessageId: message.id,
    lastMessageAt: message.orderedAt,
    lastMessageType: message.type,
    lastMessageText: message.deletedAt ? null : preview(message.text),
    lastMessageDirection: message.direction,
    lastMessageStatus: message.status,
  };
}

/** A change of the last message shows in the list too. */
export async function refreshLastMessage(
  tx: Tx,
  message: Pick<Message, "id" | "conversationId" | "status" | "text" | "deletedAt">,
): Promise<void> {
  await tx.db.conversation.updateMany({
    where: { id: message.conversationId, lastMessageId: message.id },
    data: {
      lastMessageStatus: message.status,
      lastMessageText: message.deletedAt ? null : preview(message.text),
    },
  });
  emit(tx, { type: "message.updated", messageId: message.id, conversationId: message.conversationId });
}

/** Reads anew what the list shows of a conversation, after messages came or went with a contact. */
export async function recomputeLastMessage(tx: Tx, conversationId: string): Promise<void> {
  const last = await tx.db.message.findFirst({
    where: { conversationId, type: { not: "reaction" } },
    orderBy: [{ orderedAt: "desc" }, { id: "desc" }],
  });
  const lastInbound = await tx.db.message.findFirst({
    where: { conversationId, direction: "inbound" },
    orderBy: { sentAt: "desc" },
    select: { sentAt: true },
  });
  const { createdAt } = await tx.db.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    select: { createdAt: true },
  });
  await tx.db.conversation.update({
    where: { id: conversationId },
    data: {
      ...(last ? lastMessageColumns(last) : { lastMessageId: null, lastMessageAt: createdAt }),
      lastInboundAt: lastInbound?.sentAt ?? null,
    },
    select: { id: true },
  });
}

const PREVIEW_CHARS = 200;

function preview(text: string | null): string | null {
  if (text === null) return null;
  return Array.from(text.slice(0, PREVIEW_CHARS * 2))
    .slice(0, PREVIEW_CHARS)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function later(a: Date | null, b: Date): Date {
  return a && a > b ? a : b;
}
