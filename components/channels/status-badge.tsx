"use client";

import { useTranslations } from "next-intl";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { ChannelStatus } from "#lib/domain/channels/schema.ts";

const TONES: Record<ChannelStatus, Tone> = {
  setup_failed: "warning",
  disconnected: "danger",
  qr: "info",
  connecting: "info",
  connected: "success",
};

export function StatusBadge({ status }: { status: ChannelStatus }) {
  const t = useTranslations("channels.status");
  return (
    <Badge tone={TONES[status]} dot>
      {t(status)}
    </Badge>
  );
}
