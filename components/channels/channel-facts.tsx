"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { Moment } from "./moment.tsx";
import { StatusBadge } from "./status-badge.tsx";

export function ChannelFacts({ channel }: { channel: ChannelView }) {
  const t = useTranslations("channels.facts");
  const format = useFormat();
  const moment = (at: string | null) => (at ? <Moment at={at} /> : t("never"));
  return (
    <Card title={t("title")}>
      <dl className="-my-1 flex flex-col divide-y divide-line">
        <Fact name={t("number")}>
          {channel.phone ? <span className="tabular">{format.phone(channel.phone)}</span> : t("unknown")}
        </Fact>
        <Fact name={t("profile")}>{channel.profileName ?? t("unknown")}</Fact>
        <Fact name={t("state")}>
          <StatusBadge status={channel.status} />
          <Moment at={channel.statusSince} className="text-ink-muted text-small" />
        </Fact>
        <Fact name={t("lastInbound")}>{moment(channel.lastInboundAt)}</Fact>
        <Fact name={t("lastReceipt")}>{moment(channel.lastReceiptAt)}</Fact>
        {channel.errorCount > 0 && <Fact name={t("failures")}>{format.number(channel.errorCount)}</Fact>}
        <Fact name={t("created")}>{format.date(channel.createdAt)}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-2 text-right">{children}</dd>
    </div>
  );
}
