import { CONTACT_COLUMNS, presentContact } from "#lib/domain/contacts/present.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Contact, Conversation } from "#prisma/generated/client.ts";
import type { ConversationView } from "./schema.ts";

export const WITH_CONTACT = { contact: { select: CONTACT_COLUMNS } } as const;

export type ConversationRow = Conversation & { contact: Pick<Contact, keyof typeof CONTACT_COLUMNS> };

export function presentConversation(row: ConversationRow): ConversationView {
  return {
    id: asId("conversation", row.id),
    channelId: asId("channel", row.channelId),
    contact: presentContact(row.contact),
    status: row.status,
    allowed: row.allowed,
    unreadCount: row.unreadCount,
    lastMessage: presentLastMessage(row),
    lastMessageAt: row.lastMessageAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

function presentLastMessage(row: Conversation): ConversationView["lastMessage"] {
  const { lastMessageId, lastMessageType, lastMessageDirection, lastMessageStatus, lastMessageText } = row;
  if (!lastMessageId || !lastMessageType || !lastMessageDirection || !lastMessageStatus) return null;
  return {
    id: asId("message", lastMessageId),
    type: lastMessageType,
    text: lastMessageText,
    direction: lastMessageDirection,
    status: lastMessageStatus,
  };
}
