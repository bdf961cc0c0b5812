import { z } from "zod";
import type { ErrorCode } from "#lib/kernel/errors.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import type { ChannelId, ConversationId, MessageId } from "#lib/kernel/ids.ts";

export const MESSAGE_TYPES = [
  "text",
  "image",
  "video",
  "audio",
  "voice",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "poll",
  "interactive",
  "template",
  "system",
  "unsupported",
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
export type Direction = "inbound" | "outbound";

export const MESSAGE_STATUSES = [
  "received",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "unconfirmed",
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** WhatsApp's own limit for a text. */
export const TEXT_MAX = 65_536;

const Text = z
  .string()
  .max(TEXT_MAX)
  .refine((text) => text.trim().length > 0, { error: "must not be blank" })
  // PostgreSQL cannot hold NUL, and the gateway loses messages that have one (evolution CONTRACT 18 A).
  .refine((text) => !text.includes("\u0000"), { error: "must not contain NUL characters" });

/** Body of POST /conversations/{id}/messages. `id` makes a repeated POST the same message. */
export const SendMessage = z.strictObject({
  id: idSchema("message").optional(),
  type: z.literal("text"),
  text: Text,
  replyToId: idSchema("message").optional(),
});
export type SendMessage = z.infer<typeof SendMessage>;

/** Body of POST /messages: the same to a phone number, on the tenant's first channel unless named. */
export const SendToPhone = z.strictObject({
  ...SendMessage.shape,
  channelId: idSchema("channel").optional(),
  to: z.string().min(3).max(60),
});
export type SendToPhone = z.infer<typeof SendToPhone>;

export type MessageView = {
  id: MessageId;
  conversationId: ConversationId;
  channelId: ChannelId;
  direction: Direction;
  type: MessageType;
  /** Text or caption. */
  text: string | null;
  replyToId: MessageId | null;
  quoted: { text: string | null; type: MessageType | null } | null;
  author: {
    kind: "customer" | "member" | "phone" | "api" | "bot" | "campaign";
    id: string | null;
    name: string | null;
  };
  status: MessageStatus;
  /** `title`, `detail` and `action` are in the reader's language. */
  error: { code: ErrorCode; title: string; detail: string; action: string } | null;
  /** When each status was reached. */
  receipts: Partial<Record<MessageStatus, string>>;
  sentAt: string;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
};
