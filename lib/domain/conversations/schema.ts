import { z } from "zod";
import type { ContactView } from "#lib/domain/contacts/schema.ts";
import type { Direction, MessageStatus, MessageType } from "#lib/domain/messages/schema.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import type { ChannelId, ConversationId, MessageId } from "#lib/kernel/ids.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";

export const CONVERSATION_STATUSES = ["open", "closed"] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** `q` searches contact names and phone digits. */
export const ListConversations = z.strictObject({
  ...PageQuery.shape,
  status: z.enum(CONVERSATION_STATUSES).optional(),
  unread: z.enum(["true"]).optional(),
  channelId: idSchema("channel").optional(),
  q: z.string().trim().max(100).optional(),
});
export type ListConversations = z.infer<typeof ListConversations>;

/** Opens (or finds) the conversation with a phone number. */
export const OpenConversation = z.strictObject({
  to: z.string().min(3).max(60),
  channelId: idSchema("channel").optional(),
  name: z.string().trim().min(1).max(120).optional(),
});
export type OpenConversation = z.infer<typeof OpenConversation>;

export const UpdateConversation = z.strictObject({ status: z.enum(CONVERSATION_STATUSES) });
export type UpdateConversation = z.infer<typeof UpdateConversation>;

export type ConversationView = {
  id: ConversationId;
  channelId: ChannelId;
  contact: ContactView;
  status: ConversationStatus;
  unreadCount: number;
  lastMessage: {
    id: MessageId;
    type: MessageType;
    text: string | null;
    direction: Direction;
    status: MessageStatus;
  } | null;
  lastMessageAt: string;
  createdAt: string;
};
