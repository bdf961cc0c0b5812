import { z } from "zod";
import { DISCONNECT_CAUSES, type DisconnectCause } from "#lib/channel-adapters/contract.ts";
import { ERROR_CODES, isErrorCode } from "#lib/kernel/errors.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

export const CHANNEL_STATUSES = ["setup_failed", "disconnected", "qr", "connecting", "connected"] as const;
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number];

export const ChannelName = storableText().trim().min(1).max(60);
export const CreateChannel = z.strictObject({ kind: z.literal("evolution"), name: ChannelName });
export type CreateChannel = z.infer<typeof CreateChannel>;
export const UpdateChannel = z.strictObject({ name: ChannelName });
export type UpdateChannel = z.infer<typeof UpdateChannel>;
/** `pairingPhone`: ask for an eight-letter code to type on this phone instead of scanning. */
export const ConnectChannel = z.strictObject({ pairingPhone: z.string().min(6).max(30).optional() });
export type ConnectChannel = z.infer<typeof ConnectChannel>;

export const ChannelQr = z.object({
  /** The text to draw. */
  code: z.string(),
  image: z.string().meta({ description: "data:image/png;base64,…" }),
  pairingCode: z.string().exactOptional(),
  expiresAt: Moment,
});
export type ChannelQr = z.infer<typeof ChannelQr>;

const DISCONNECT_CODES = DISCONNECT_CAUSES.map(
  (cause): `disconnect.${DisconnectCause}` => `disconnect.${cause}`,
);

/** Why a channel is not well: a coded failure, or the cause of its disconnection. */
export const ChannelErrorCode = z.union([z.enum(ERROR_CODES), z.enum(DISCONNECT_CODES)]);
export type ChannelErrorCode = z.infer<typeof ChannelErrorCode>;

/** A stored code as the API tells it; one that is not known any more is told as `internal`. */
export function readErrorCode(stored: string | null): ChannelErrorCode | null {
  if (stored === null) return null;
  if (isErrorCode(stored)) return stored;
  const cause = DISCONNECT_CAUSES.find((known) => stored === `disconnect.${known}`);
  return cause ? `disconnect.${cause}` : "internal";
}

const ChannelError = z.object({
  code: ChannelErrorCode,
  detail: z.string().exactOptional(),
  at: Moment,
});

export const ChannelView = z.object({
  id: idSchema("channel"),
  kind: z.enum(["evolution", "cloud"]),
  name: z.string(),
  status: z.enum(CHANNEL_STATUSES),
  statusSince: Moment,
  /** E.164, once the number is known. */
  phone: z.string().nullable(),
  profileName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  /** Present while status is `qr`. */
  qr: ChannelQr.exactOptional(),
  error: ChannelError.exactOptional(),
  errorCount: z.number().int(),
  lastInboundAt: Moment.nullable(),
  lastReceiptAt: Moment.nullable(),
  createdAt: Moment,
});
export type ChannelView = z.infer<typeof ChannelView>;

export const TIMELINE_KINDS = [
  "created",
  "setup_failed",
  "qr_shown",
  "qr_exhausted",
  "scanned",
  "connected",
  "connection_unstable",
  "unresponsive",
  "messages_recovered",
  "disconnected",
  "disconnected_by_member",
  "restarted_by_member",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export const TimelineEntry = z.object({
  id: z.string(),
  kind: z.enum(TIMELINE_KINDS),
  at: Moment,
  data: z.object({
    code: z.number().nullable().exactOptional(),
    cause: z.enum(DISCONNECT_CAUSES).exactOptional(),
    error: z.string().exactOptional(),
    memberName: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    /** How often, or how many messages. */
    count: z.number().int().exactOptional(),
  }),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
