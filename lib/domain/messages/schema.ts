import { z } from "zod";
import { ERROR_CODES } from "#lib/kernel/errors.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

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
export const DIRECTIONS = ["inbound", "outbound"] as const;
export type Direction = (typeof DIRECTIONS)[number];

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

/** Not trimmed. The gateway, too, loses messages with a NUL (evolution CONTRACT 18 A). */
const Text = storableText()
  .max(TEXT_MAX)
  .refine((text) => text.trim().length > 0, { error: "must not be blank" });

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
  to: storableText().min(3).max(60),
});
export type SendToPhone = z.infer<typeof SendToPhone>;

export const AUTHOR_KINDS = ["customer", "member", "phone", "api", "bot", "campaign"] as const;

export const MessageView = z.object({
  id: idSchema("message"),
  conversationId: idSchema("conversation"),
  channelId: idSchema("channel"),
  direction: z.enum(DIRECTIONS),
  type: z.enum(MESSAGE_TYPES),
  /** Text or caption. */
  text: z.string().nullable(),
  replyToId: idSchema("message").nullable(),
  quoted: z.object({ text: z.string().nullable(), type: z.enum(MESSAGE_TYPES).nullable() }).nullable(),
  author: z.object({ kind: z.enum(AUTHOR_KINDS), id: z.string().nullable(), name: z.string().nullable() }),
  status: z.enum(MESSAGE_STATUSES),
  /** `title`, `detail` and `action` are in the reader's language. */
  error: z
    .object({ code: z.enum(ERROR_CODES), title: z.string(), detail: z.string(), action: z.string() })
    .nullable(),
  /** When each status was reached. */
  receipts: z.partialRecord(z.enum(MESSAGE_STATUSES), Moment),
  sentAt: Moment,
  createdAt: Moment,
  editedAt: Moment.nullable(),
  deletedAt: Moment.nullable(),
});
export type MessageView = z.infer<typeof MessageView>;
