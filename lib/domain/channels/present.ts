import { z } from "zod";
import { DISCONNECT_CAUSES } from "#lib/channel-adapters/contract.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Channel, ChannelEvent } from "#prisma/generated/client.ts";
import { type ChannelView, readErrorCode, TIMELINE_KINDS, type TimelineEntry } from "./schema.ts";

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function presentChannel(channel: Channel): ChannelView {
  return {
    id: asId("channel", channel.id),
    kind: channel.kind,
    name: channel.name,
    status: channel.status,
    statusSince: channel.statusSince.toISOString(),
    phone: channel.phone,
    profileName: channel.profileName,
    pictureUrl: channel.pictureUrl,
    ...presentQr(channel),
    ...presentError(channel),
    errorCount: channel.errorCount,
    lastInboundAt: iso(channel.lastInboundAt),
    lastReceiptAt: iso(channel.lastReceiptAt),
    createdAt: channel.createdAt.toISOString(),
  };
}

function presentQr(channel: Channel): Pick<ChannelView, "qr"> {
  const { status, qrCode, qrImage, qrPairingCode, qrExpiresAt } = channel;
  if (status !== "qr" || !qrCode || !qrImage || !qrExpiresAt) return {};
  const pairing = qrPairingCode ? { pairingCode: qrPairingCode } : {};
  return { qr: { code: qrCode, image: qrImage, expiresAt: qrExpiresAt.toISOString(), ...pairing } };
}

function presentError(channel: Channel): Pick<ChannelView, "error"> {
  const { lastErrorCode, lastErrorDetail, lastErrorAt } = channel;
  const code = readErrorCode(lastErrorCode);
  if (!code || !lastErrorAt) return {};
  return {
    error: { code, at: lastErrorAt.toISOString(), ...(lastErrorDetail && { detail: lastErrorDetail }) },
  };
}

const TimelineData = z
  .object({
    code: z.number().nullable().optional(),
    cause: z.enum(DISCONNECT_CAUSES).optional(),
    error: z.string().optional(),
    memberName: z.string().optional(),
    phone: z.string().optional(),
    count: z.number().int().optional(),
  })
  .catch({});

export function presentTimelineEntry(entry: ChannelEvent): TimelineEntry {
  const kind = TIMELINE_KINDS.find((known) => known === entry.kind) ?? "created";
  const { code, cause, error, memberName, phone, count } = TimelineData.parse(entry.data);
  return {
    id: entry.id,
    kind,
    at: entry.at.toISOString(),
    data: {
      ...(code !== undefined && { code }),
      ...(cause && { cause }),
      ...(error && { error }),
      ...(memberName && { memberName }),
      ...(phone && { phone }),
      ...(count !== undefined && { count }),
    },
  };
}
