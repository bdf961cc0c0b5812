"use client";

import { useQuery } from "@tanstack/react-query";
import { Moon, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { PacingView } from "#lib/domain/pacing/schema.ts";
import { useResumeSending } from "./mutations.ts";
import { PacingForm } from "./pacing-form.tsx";
import { useFailureText } from "./problem-text.tsx";
import { pacingQuery } from "./queries.ts";

/** How fast a number sends, what is left of today's budget, and the way out of a stop. */
export function PacingCard({ channelId }: { channelId: string }) {
  const t = useTranslations("channels.pacing");
  const { data: pacing, error } = useQuery(pacingQuery(useApi(), channelId));
  if (!pacing)
    return (
      <Card title={t("title")} description={t("description")}>
        {error ? <ErrorNotice error={error} /> : <Skeleton className="h-40" />}
      </Card>
    );
  return (
    <PacingForm pacing={pacing}>
      {pacing.stopped && <Stopped channelId={channelId} stopped={pacing.stopped} />}
      <Today pacing={pacing} />
    </PacingForm>
  );
}

function Stopped({ channelId, stopped }: { channelId: string; stopped: NonNullable<PacingView["stopped"]> }) {
  const t = useTranslations("channels.pacing");
  const format = useFormat();
  const failureText = useFailureText();
  const resume = useResumeSending(channelId);
  return (
    <Banner
      tone="danger"
      title={t("stoppedTitle", { at: format.full(stopped.at) })}
      action={
        <Button
          pending={resume.isPending}
          onClick={() =>
            resume.mutate(undefined, {
              onSuccess: () => toast.success(t("resumed")),
              onError: (error) => toast.error(failureText(error)),
            })
          }
        >
          <Play />
          {t("resume")}
        </Button>
      }
    >
      {t(`stopped.${stopped.reason}`)}
    </Banner>
  );
}

function Today({ pacing: { today, waiting } }: { pacing: PacingView }) {
  const t = useTranslations("channels.pacing");
  const format = useFormat();
  const { firstContacts, firstContactsMax, warmUpDay, quietUntil } = today;
  return (
    <section aria-label={t("today")} className="flex flex-col gap-2 rounded-lg bg-sunken px-3.5 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{t("firstContactsToday")}</span>
        <span className="tabular">
          {firstContactsMax === null
            ? t("countUnlimited", { count: format.number(firstContacts) })
            : t("countOf", {
                count: format.number(firstContacts),
                max: format.number(firstContactsMax),
              })}
        </span>
      </p>
      {firstContactsMax !== null && (
        <Progress
          label={t("firstContactsToday")}
          value={firstContactsMax === 0 ? 1 : firstContacts / firstContactsMax}
        />
      )}
      {warmUpDay !== null && (
        <p className="text-ink-muted text-small">{t("warmUpDay", { day: warmUpDay })}</p>
      )}
      {quietUntil && (
        <p className="flex items-center gap-1.5 text-ink-muted text-small">
          <Moon aria-hidden className="size-3.5 shrink-0" />
          {t("quietUntil", { time: format.clock(quietUntil) })}
        </p>
      )}
      {waiting > 0 && <p className="text-ink-muted text-small">{t("waiting", { count: waiting })}</p>}
    </section>
  );
}
