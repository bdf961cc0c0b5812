"use client";

import { CircleAlert, CircleCheck, CircleSlash, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { InboundEventStatus, InboundEventView } from "#lib/domain/inbound-events/schema.ts";
import { kindKey, reasonKey } from "./event-words.ts";

const LOOKS = {
  pending: { tone: "info", Icon: Clock },
  processed: { tone: "success", Icon: CircleCheck },
  ignored: { tone: "neutral", Icon: CircleSlash },
  failed: { tone: "danger", Icon: CircleAlert },
} as const;

export function EventStatus({ status }: { status: InboundEventStatus }) {
  const t = useTranslations("events.status");
  const { tone, Icon } = LOOKS[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(status)}
    </Badge>
  );
}

/** What an event became, or why it became nothing, in one line. */
export function useExplanation() {
  const t = useTranslations("events");
  const errors = useTranslations("errors");
  return ({ status, became, error }: InboundEventView): string => {
    if (status === "pending") return t("explain.pending");
    if (status === "failed") return error ? errors(`${error.code}.title`) : t("explain.failed");
    const reason = became.find((effect) => effect.reason !== undefined)?.reason;
    if (status === "ignored") return reason ? t(`reasons.${reasonKey(reason)}`) : t("reasons.other");
    const kinds = [
      ...new Set(became.filter(({ kind }) => kind !== "ignored").map(({ kind }) => kindKey(kind))),
    ];
    return kinds.map((kind) => t(`became.${kind}`)).join(", ");
  };
}
