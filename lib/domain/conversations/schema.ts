import { z } from "zod";
import { ContactView } from "#lib/domain/contacts/schema.ts";
import { DIRECTIONS, MESSAGE_STATUSES, MESSAGE_TYPES } from "#lib/domain/messages/schema.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

export const CONVERSATION_STATUSES = ["open", "closed"] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** `q` searches contact names and phone digits. */
export const ListConversations = z.strictObject({
  ...PageQuery.shape,
  status: z.enum(CONVERSATION_STATUSES).optional(),
  unread: z.enum(["true"]).optional(),
  channelId: idSchema("channel").optional(),
  q: storableText().trim().max(100).optional(),
});
export type ListConversations = z.infer<typeof ListConversations>;

/** Opens (or finds) the conversation with a phone number. */
export const OpenConversation = z.strictObject({
  to: storableText().min(3).max(60),
  channelId: idSchema("channel").optional(),
  name: storableText().trim().min(1).max(120).optional(),
});
export type OpenConversation = z.infer<typeof OpenConversation>;

export const UpdateConversation = z.strictObject({ status: z.enum(CONVERSATION_STATUSES) });
export type UpdateConversation = z.infer<typeof UpdateConversation>;

export const ConversationView = z.object({
  id: idSchema("conversation"),
  channelId: idSchema("channel"),
  contact: ContactView,
  status: z.enum(CONVERSATION_STATUSES),
  /** False only for a group that the business has not allowed: it is in no list. */
  allowed: z.boolean(),
  unreadCount: z.number().int(),
  lastMessage: z
    .object({
      id: idSchema("message"),
      type: z.enum(MESSAGE_TYPES),
      text: z.string().nullable(),
      direction: z.enum(DIRECTIONS),
      status: z.enum(MESSAGE_STATUSES),
    })
    .nullable(),
  lastMessageAt: Moment,
  createdAt: Moment,
});
export type ConversationView = z.infer<typeof ConversationView>;
