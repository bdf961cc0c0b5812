"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "#components/ui/banner.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { Moment } from "./moment.tsx";
import { useProblemText } from "./problem-text.tsx";

/** The last error of a number that is not connected: cause, remedy, since when, and a code for support. */
export function ChannelProblem({ channel, action }: { channel: ChannelView; action?: ReactNode }) {
  const t = useTranslations("channels.problem");
  const problemText = useProblemText();
  if (!channel.error || channel.status === "connected") return null;
  const { code, at } = channel.error;
  const { title, detail, action: remedy } = problemText(code);
  return (
    <Banner tone={channel.status === "setup_failed" ? "warning" : "danger"} title={title} action={action}>
      <p>{detail}</p>
      <p className="mt-1.5 font-medium text-ink">{remedy}</p>
      <p className="mt-2 flex flex-wrap gap-x-3 text-small">
        <Moment at={at} />
        {channel.errorCount > 1 && <span>{t("times", { count: channel.errorCount })}</span>}
        <span className="text-ink-muted">{t("code", { code })}</span>
      </p>
    </Banner>
  );
}
