"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useProblemText } from "#components/channels/problem-text.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { CloseButton } from "#components/ui/close-button.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { AlertView } from "#lib/domain/alerts/schema.ts";
import { shownAlerts } from "./cache.ts";
import { useDismissAlert } from "./mutations.ts";
import { alertsQuery } from "./queries.ts";

/** What owners and admins have to know wherever they are: which number, since when, why, and what to do. */
export function AlertBanner() {
  const { member } = useWorkspace();
  return member.role === "agent" ? null : <OpenAlerts />;
}

function OpenAlerts() {
  const alerts = shownAlerts(useQuery(alertsQuery(useApi())).data);
  return alerts.map((alert) => <OneAlert key={alert.id} alert={alert} />);
}

function OneAlert({ alert }: { alert: AlertView }) {
  const t = useTranslations("shell.alerts");
  const { tenant } = useWorkspace();
  const format = useFormat();
  const words = useAlertText()(alert);
  const dismiss = useDismissAlert();
  const today = format.dayKey(alert.since) === format.dayKey(Date.now());
  const time = format.clock(alert.since);
  const number = alert.phone ? `${alert.channelName} (${format.phone(alert.phone)})` : alert.channelName;
  const page = alert.channelId ? `/${alert.channelId}` : "";
  return (
    <div data-testid="alert" data-kind={alert.kind}>
      <Banner
        strip
        tone="danger"
        title={t(alert.kind, { name: number, title: words.title })}
        action={
          <span className="flex items-center gap-2">
            <Link
              href={`/${tenant.slug}/settings/channels${page}`}
              className="font-medium underline underline-offset-2"
            >
              {t("show")}
            </Link>
            <CloseButton title={t("dismiss")} onClick={() => dismiss.mutate(alert)} />
          </span>
        }
      >
        <span suppressHydrationWarning>
          {today ? t("since", { time }) : t("sinceDay", { day: format.day(alert.since), time })}
        </span>{" "}
        {words.detail} {words.action}
      </Banner>
    </div>
  );
}

function useAlertText(): (alert: AlertView) => { title: string; detail: string; action: string } {
  const t = useTranslations("shell.alerts");
  const problemText = useProblemText();
  return ({ kind, code }) =>
    kind === "sending_stopped"
      ? { title: "", detail: t("stoppedDetail"), action: "" }
      : problemText(code ?? "disconnect.unknown");
}
