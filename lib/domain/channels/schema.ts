import { z } from "zod";
import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";
import type { ErrorCode } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";

export const CHANNEL_STATUSES = ["setup_failed", "disconnected", "qr", "connecting", "connected"] as const;
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number];

export const ChannelName = z.string().trim().min(1).max(60);
export const CreateChannel = z.strictObject({ kind: z.literal("evolution"), name: ChannelName });
export type CreateChannel = z.infer<typeof CreateChannel>;
export const UpdateChannel = z.strictObject({ name: ChannelName });
export type UpdateChannel = z.infer<typeof UpdateChannel>;
/** `pairingPhone`: ask for an eight-letter code to type on this phone instead of scanning. */
export const ConnectChannel = z.strictObject({ pairingPhone: z.string().min(6).max(30).optional() });
export type ConnectChannel = z.infer<typeof ConnectChannel>;

export type ChannelQr = {
  code: string;
  /** data:image/png */
  image: string;
  pairingCode?: string;
  expiresAt: string;
};

export type ChannelView = {
  id: ChannelId;
  kind: "evolution" | "cloud";
  name: string;
  status: ChannelStatus;
  statusSince: string;
  /** E.164, once the number is known. */
  phone: string | null;
  profileName: string | null;
  pictureUrl: string | null;
  /** Present while status is `qr`. */
  qr?: ChannelQr;
  error?: { code: ErrorCode | `disconnect.${DisconnectCause}`; detail?: string; at: string };
  errorCount: number;
  lastInboundAt: string | null;
  lastReceiptAt: string | null;
  createdAt: string;
};

export const TIMELINE_KINDS = [
  "created",
  "setup_failed",
  "qr_shown",
  "qr_exhausted",
  "scanned",
  "connected",
  "connection_unstable",
  "disconnected",
  "disconnected_by_member",
  "restarted_by_member",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export type TimelineEntry = {
  id: string;
  kind: TimelineKind;
  at: string;
  data: {
    code?: number | null;
    cause?: DisconnectCause;
    error?: string;
    memberName?: string;
    phone?: string;
  };
};
