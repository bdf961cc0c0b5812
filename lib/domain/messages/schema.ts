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

/** `id` makes a repeated POST the same message. */
const common = { id: idSchema("message").optional(), replyToId: idSchema("message").optional() };

/** WhatsApp's limit for captions. */
const Caption = storableText().max(1024).optional();
const mediaId = idSchema("media");
const Line = storableText().trim().min(1).max(255);

export const ContactCard = z.strictObject({
  name: Line,
  phones: z.array(storableText().min(3).max(60)).min(1).max(10),
  emails: z.array(storableText().max(254)).max(10).optional(),
  organization: storableText().max(255).optional(),
});

const SHAPES = {
  text: { ...common, type: z.literal("text"), text: Text },
  image: { ...common, type: z.literal("image"), mediaId, text: Caption },
  video: { ...common, type: z.literal("video"), mediaId, text: Caption },
  document: { ...common, type: z.literal("document"), mediaId, text: Caption },
  audio: { ...common, type: z.literal("audio"), mediaId },
  voice: { ...common, type: z.literal("voice"), mediaId },
  sticker: { ...common, type: z.literal("sticker"), mediaId },
  location: {
    ...common,
    type: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: storableText().max(255).default(""),
    address: storableText().max(500).default(""),
  },
  contacts: { ...common, type: z.literal("contacts"), contacts: z.array(ContactCard).min(1).max(10) },
  poll: {
    ...common,
    type: z.literal("poll"),
    question: Line,
    options: z.array(storableText().trim().min(1).max(100)).min(2).max(10),
    /** 0: as many as one likes. */
    selectableCount: z.number().int().min(0).max(10).default(1),
  },
  /** `emoji` null takes the reaction back. */
  reaction: {
    id: idSchema("message").optional(),
    type: z.literal("reaction"),
    targetId: idSchema("message"),
    emoji: storableText().min(1).max(40).nullable(),
  },
} as const;

/** Body of POST /conversations/{id}/messages. */
export const SendMessage = z.discriminatedUnion("type", [
  z.strictObject(SHAPES.text),
  z.strictObject(SHAPES.image),
  z.strictObject(SHAPES.video),
  z.strictObject(SHAPES.document),
  z.strictObject(SHAPES.audio),
  z.strictObject(SHAPES.voice),
  z.strictObject(SHAPES.sticker),
  z.strictObject(SHAPES.location),
  z.strictObject(SHAPES.contacts),
  z.strictObject(SHAPES.poll),
  z.strictObject(SHAPES.reaction),
]);
export type SendMessage = z.infer<typeof SendMessage>;

const address = { channelId: idSchema("channel").optional(), to: storableText().min(3).max(60) };

/** Body of POST /messages: the same to a phone number, on the tenant's connected channel unless named. */
export const SendToPhone = z.discriminatedUnion("type", [
  z.strictObject({ ...address, ...SHAPES.text }),
  z.strictObject({ ...address, ...SHAPES.image }),
  z.strictObject({ ...address, ...SHAPES.video }),
  z.strictObject({ ...address, ...SHAPES.document }),
  z.strictObject({ ...address, ...SHAPES.audio }),
  z.strictObject({ ...address, ...SHAPES.voice }),
  z.strictObject({ ...address, ...SHAPES.sticker }),
  z.strictObject({ ...address, ...SHAPES.location }),
  z.strictObject({ ...address, ...SHAPES.contacts }),
  z.strictObject({ ...address, ...SHAPES.poll }),
]);
export type SendToPhone = z.infer<typeof SendToPhone>;

/** Body of PATCH /messages/{id}: WhatsApp takes edits for about fifteen minutes. */
export const EditMessage = z.strictObject({ text: Text });
export type EditMessage = z.infer<typeof EditMessage>;

export const AUTHOR_KINDS = ["customer", "member", "phone", "api", "bot", "campaign"] as const;

/** A file of a message. `url` answers once status is `ready`; until then `preview` may be shown. */
export const MediaView = z.object({
  id: idSchema("media"),
  status: z.enum(["pending", "ready", "failed"]),
  mimeType: z.string().nullable(),
  fileName: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  durationS: z.number().int().nullable(),
  /** Amplitudes 0-100 of a voice note. */
  waveform: z.array(z.number().int()),
  /** data:image/jpeg */
  preview: z.string().nullable(),
  url: z.string(),
  thumbnailUrl: z.string().nullable(),
  error: z.enum(ERROR_CODES).nullable(),
});
export type MediaView = z.infer<typeof MediaView>;

const INTERACTIVE_FORMS = [
  "buttons",
  "list",
  "reply",
  "order",
  "product",
  "template",
  "event",
  "invite",
] as const;

/** What a message carries besides text and file, by kind; for kinds that have more to show. */
export const MessageDetails = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    live: z.boolean(),
  }),
  z.object({
    kind: z.literal("contacts"),
    contacts: z.array(
      z.object({
        name: z.string(),
        phones: z.array(z.string()),
        emails: z.array(z.string()),
        organization: z.string().nullable(),
      }),
    ),
  }),
  z.object({ kind: z.literal("poll"), options: z.array(z.string()), selectableCount: z.number() }),
  z.object({
    kind: z.literal("interactive"),
    form: z.enum(INTERACTIVE_FORMS),
    title: z.string().nullable(),
    footer: z.string().nullable(),
    options: z.array(z.object({ id: z.string(), title: z.string(), description: z.string().nullable() })),
  }),
  z.object({ kind: z.literal("system"), event: z.string() }),
  z.object({ kind: z.literal("unsupported"), reason: z.string() }),
  z.object({ kind: z.literal("video"), gif: z.boolean(), round: z.boolean() }),
  z.object({ kind: z.literal("sticker"), animated: z.boolean() }),
]);
export type MessageDetails = z.infer<typeof MessageDetails>;

export const WAIT_REASONS = ["pace", "first_contacts", "quiet_hours", "warm_up", "stopped"] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

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
  media: MediaView.nullable(),
  details: MessageDetails.nullable(),
  reactions: z.array(z.object({ emoji: z.string(), fromMe: z.boolean(), name: z.string().nullable() })),
  forwarded: z.boolean(),
  viewOnce: z.boolean(),
  albumId: z.string().nullable(),
  ad: z
    .object({ title: z.string().nullable(), body: z.string().nullable(), url: z.string().nullable() })
    .nullable(),
  /** Found in the gateway's record after its webhook had been lost. */
  recovered: z.boolean(),
  /** Why a queued message has not left yet. */
  waiting: z.object({ reason: z.enum(WAIT_REASONS), until: Moment.nullable() }).nullable(),
  /** An edit or deletion on its way, or why the last one did not get there. */
  change: z.object({
    pending: z.enum(["edit", "deletion"]).nullable(),
    error: z.enum(ERROR_CODES).nullable(),
  }),
  /** When each status was reached. */
  receipts: z.partialRecord(z.enum(MESSAGE_STATUSES), Moment),
  sentAt: Moment,
  createdAt: Moment,
  editedAt: Moment.nullable(),
  deletedAt: Moment.nullable(),
});
export type MessageView = z.infer<typeof MessageView>;
