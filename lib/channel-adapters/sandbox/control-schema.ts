/**
 * The control API of the practice gateway in zod: what one may ask and what it answers. It plays the people on
 * the other side. `phone` is the customer's number in digits, `instance` the name our channel gave.
 */
import { z } from "zod";

const Id = z.string().min(1).max(200);
const Base64 = z.base64();

const media = {
  /** The file in base64, without a `data:` prefix. */
  media: Base64,
  mimeType: z.string().max(200).optional(),
  fileName: z.string().max(300).optional(),
};

/** Fields every kind of new message may carry. */
const writing = {
  /** Id of the message this one answers. */
  quoted: Id.optional(),
  /** The person's own WhatsApp name. */
  name: z.string().max(100).optional(),
  /** The person's hidden id, digits only. */
  lid: z.string().regex(/^\d+$/).optional(),
  /** How the person's messages are addressed: by phone, by hidden id with the phone beside it, by hidden id alone. */
  addressing: z.enum(["phone", "lid", "lid_only"]).optional(),
  forwarded: z.boolean().optional(),
};

const ContactInput = z.object({ name: z.string(), phones: z.array(z.string()).default([]) });

export const WriteMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1), ...writing }),
  z.object({
    type: z.literal("image"),
    text: z.string().optional(),
    viewOnce: z.boolean().optional(),
    ...media,
    ...writing,
  }),
  z.object({
    type: z.literal("video"),
    text: z.string().optional(),
    seconds: z.number().optional(),
    ...media,
    ...writing,
  }),
  z.object({ type: z.literal("audio"), seconds: z.number().optional(), ...media, ...writing }),
  z.object({
    type: z.literal("voice"),
    seconds: z.number().optional(),
    waveform: z.array(z.number().int().min(0).max(100)).max(64).optional(),
    ...media,
    ...writing,
  }),
  z.object({ type: z.literal("document"), text: z.string().optional(), ...media, ...writing }),
  z.object({ type: z.literal("sticker"), animated: z.boolean().optional(), ...media, ...writing }),
  z.object({
    type: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    title: z.string().optional(),
    address: z.string().optional(),
    ...writing,
  }),
  z.object({ type: z.literal("contacts"), contacts: z.array(ContactInput).min(1), ...writing }),
  z.object({
    type: z.literal("poll"),
    question: z.string(),
    options: z.array(z.string()).min(2).max(12),
    ...writing,
  }),
  /** Any WhatsApp content as it would stand under `message` in a webhook. */
  z.object({ type: z.literal("raw"), message: z.record(z.string(), z.unknown()), ...writing }),
  z.object({ type: z.literal("reaction"), target: Id, emoji: z.string().max(20) }),
  z.object({ type: z.literal("edit"), target: Id, text: z.string().min(1) }),
  z.object({ type: z.literal("delete"), target: Id }),
]);
export type WriteMessage = z.output<typeof WriteMessage>;
export type WriteMessageInput = z.input<typeof WriteMessage>;

export const ShownStatus = z.enum(["pending", "sent", "delivered", "read", "played", "failed"]);
export type ShownStatus = z.infer<typeof ShownStatus>;

/** What a bubble shows. */
export const ShownContent = z.object({
  type: z.string(),
  text: z.string().nullable(),
  seconds: z.number().optional(),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  contacts: z.array(z.object({ name: z.string(), phones: z.array(z.string()) })).optional(),
  options: z.array(z.string()).optional(),
});
export type ShownContent = z.infer<typeof ShownContent>;

/** One bubble on the customer's phone. */
export const ShownMessage = ShownContent.extend({
  id: z.string(),
  from: z.enum(["customer", "business"]),
  via: z.enum(["customer", "api", "phone"]),
  status: ShownStatus,
  /** `url` is a path on the sandbox, behind the same rules as the control API. */
  media: z
    .object({ url: z.string(), mimeType: z.string(), fileName: z.string(), sizeBytes: z.number() })
    .nullable(),
  quotedId: z.string().nullable(),
  reactions: z.array(z.object({ from: z.enum(["customer", "business"]), emoji: z.string() })),
  at: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  deletedAt: z.iso.datetime().nullable(),
});
export type ShownMessage = z.infer<typeof ShownMessage>;

export const Chat = z.object({
  phone: z.string(),
  name: z.string().nullable(),
  lid: z.string().nullable(),
  addressing: z.enum(["phone", "lid", "lid_only"]),
  online: z.boolean(),
  blocked: z.boolean(),
  /** Messages of the business that the customer has not opened. */
  unread: z.number(),
  /** What the business is doing in this chat right now. */
  businessPresence: z.enum(["composing", "recording"]).nullable(),
  lastMessage: ShownMessage.nullable(),
});
export type Chat = z.infer<typeof Chat>;

export const SandboxInstance = z.object({
  id: z.string(),
  instance: z.string(),
  state: z.enum(["open", "connecting", "close"]),
  phone: z.string().nullable(),
  profileName: z.string().nullable(),
  paired: z.boolean(),
  online: z.boolean(),
  /** After a logout through the API nothing comes in any more. */
  inboundClosed: z.boolean(),
  qr: z
    .object({ code: z.string(), base64: z.string(), pairingCode: z.string().nullable(), count: z.number() })
    .nullable(),
  webhookUrl: z.string().nullable(),
  /** Webhooks not yet taken by the receiver. */
  pendingWebhooks: z.number(),
  /** Messages and receipts that wait for the connection or behind an unanswered `messages.edited`. */
  pendingInbound: z.number(),
});
export type SandboxInstance = z.infer<typeof SandboxInstance>;

const Rate = z.number().min(0).max(1);

export const Faults = z.object({
  /** Sends refused with a 500; nothing leaves. */
  sendErrorRate: Rate,
  /** Sends whose answer never comes. */
  sendTimeoutRate: Rate,
  /** How many of those leave nevertheless. */
  timeoutLeavesRate: Rate,
  latencyMs: z.number().int().min(0).max(600_000),
  /** Webhooks that are posted twice. */
  duplicateRate: Rate,
  /** Webhooks that are held back so that later ones overtake them. */
  reorderRate: Rate,
  /** Webhooks that are lost. */
  dropRate: Rate,
  /** The gateway is not there: every connection is cut, no webhook leaves, nothing comes in. */
  down: z.boolean(),
});
export type Faults = z.infer<typeof Faults>;
export const FaultsChange = Faults.partial();

export const NO_FAULTS: Faults = {
  sendErrorRate: 0,
  sendTimeoutRate: 0,
  timeoutLeavesRate: 0.5,
  latencyMs: 0,
  duplicateRate: 0,
  reorderRate: 0,
  dropRate: 0,
  down: false,
};

export const Scan = z.object({
  phone: z.string().regex(/^\+?[\d ()-]{6,24}$/),
  name: z.string().max(100).optional(),
});
export const Online = z.object({ online: z.boolean() });
export const Typing = z.object({
  presence: z.enum(["composing", "recording", "paused", "available", "unavailable"]).default("composing"),
});
export const ReadChat = z.object({
  /** Voice notes were listened to as well. */
  played: z.boolean().default(false),
});

export const Scenario = z.discriminatedUnion("name", [
  z.object({
    instance: z.string(),
    name: z.literal("disconnect"),
    code: z.union([
      z.literal(401),
      z.literal(402),
      z.literal(403),
      z.literal(406),
      z.literal(408),
      z.literal(411),
      z.literal(428),
      z.literal(440),
      z.literal(500),
      z.literal(503),
      z.literal(515),
    ]),
  }),
  z.object({ instance: z.string(), name: z.literal("qr_expired") }),
  z.object({ instance: z.string(), name: z.literal("banned") }),
  z.object({
    instance: z.string(),
    name: z.literal("slow_gateway"),
    latencyMs: z.number().int().min(1).default(3000),
  }),
  z.object({
    instance: z.string(),
    name: z.literal("lid_only_customer"),
    phone: z
      .string()
      .regex(/^\d{6,17}$/)
      .default("51900111222"),
    text: z.string().default("Hola"),
    contactName: z.string().default("Sin número"),
  }),
  z.object({ instance: z.string(), name: z.literal("duplicates"), rate: Rate.default(1) }),
  z.object({ instance: z.string(), name: z.literal("reorder"), rate: Rate.default(1) }),
  z.object({
    instance: z.string(),
    name: z.literal("connecting_storm"),
    count: z.number().int().min(1).max(5000).default(40),
  }),
  /** All faults off. */
  z.object({ instance: z.string().optional(), name: z.literal("calm") }),
]);
export type Scenario = z.output<typeof Scenario>;
export type ScenarioInput = z.input<typeof Scenario>;

export const ControlError = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
