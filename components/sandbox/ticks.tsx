"use client";

import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ShownMessage } from "#lib/domain/sandbox/schema.ts";

const LOOK: Record<ShownMessage["status"], { Icon: typeof Check; colour: string }> = {
  pending: { Icon: Clock, colour: "text-ink-faint" },
  sent: { Icon: Check, colour: "text-ink-faint" },
  delivered: { Icon: CheckCheck, colour: "text-ink-faint" },
  read: { Icon: CheckCheck, colour: "text-tick-read" },
  played: { Icon: CheckCheck, colour: "text-tick-read" },
  failed: { Icon: CircleAlert, colour: "text-danger-text" },
};

/** How far the customer's own message has come. */
export function Ticks({ status }: { status: ShownMessage["status"] }) {
  const t = useTranslations("sandbox.status");
  const { Icon, colour } = LOOK[status];
  return (
    <span title={t(status)} className={colour} data-status={status}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}
