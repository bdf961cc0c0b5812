"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { classes } from "#components/ui/classes.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { TimelineEntry, TimelineKind } from "#lib/domain/channels/schema.ts";
import { isErrorCode } from "#lib/kernel/errors.ts";
import { useProblemText } from "./problem-text.tsx";
import { timelineQuery } from "./queries.ts";

const DOTS: Record<TimelineKind, string> = {
  created: "bg-ink-faint",
  setup_failed: "bg-warning",
  qr_shown: "bg-info",
  qr_exhausted: "bg-warning",
  scanned: "bg-info",
  connected: "bg-success",
  connection_unstable: "bg-warning",
  unresponsive: "bg-danger",
  messages_recovered: "bg-info",
  disconnected: "bg-danger",
  disconnected_by_member: "bg-ink-faint",
  restarted_by_member: "bg-ink-faint",
};

/** Every connection and every cut, the latest first. */
export function Timeline({ channelId }: { channelId: string }) {
  const t = useTranslations("channels.timeline");
  const common = useTranslations("common");
  const api = useApi();
  const timeline = useInfiniteQuery(timelineQuery(api, channelId));
  const entries = timeline.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card title={t("title")}>
      {timeline.isPending && <TimelineSkeleton />}
      {timeline.isError && (
        <p className="flex flex-wrap items-center gap-3 text-ink-muted">
          {t("loadFailed")}
          <Button size="sm" onClick={() => void timeline.refetch()}>
            {common("retry")}
          </Button>
        </p>
      )}
      {timeline.isSuccess && entries.length === 0 && <p className="text-ink-muted">{t("empty")}</p>}
      <ol data-testid="timeline" className="flex flex-col">
        {entries.map((entry, index) => (
          <Entry key={entry.id} entry={entry} last={index === entries.length - 1} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button
          variant="ghost"
          size="sm"
          pending={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </Card>
  );
}

function Entry({ entry, last }: { entry: TimelineEntry; last: boolean }) {
  const format = useFormat();
  const text = useEntryText();
  const { title, detail } = text(entry);
  return (
    <li className="relative flex gap-3 pb-4" data-kind={entry.kind}>
      {!last && <span aria-hidden className="absolute top-4 bottom-[-2px] left-[4px] w-px bg-line" />}
      <span aria-hidden className={classes("mt-1.5 size-2.5 shrink-0 rounded-full", DOTS[entry.kind])} />
      <div className="min-w-0 flex-1">
        <p>{title}</p>
        {detail && <p className="text-ink-muted text-small">{detail}</p>}
      </div>
      <time
        dateTime={entry.at}
        title={format.full(entry.at)}
        className="shrink-0 text-ink-muted text-small"
        suppressHydrationWarning
      >
        {format.day(entry.at)}, {format.clock(entry.at)}
      </time>
    </li>
  );
}

/** One line of history in words; a cut also says its cause. */
function useEntryText(): (entry: TimelineEntry) => { title: string; detail: string | null } {
  const t = useTranslations("channels.timeline");
  const format = useFormat();
  const problemText = useProblemText();
  return ({ kind, data }) => {
    const detail = data.cause
      ? problemText(`disconnect.${data.cause}`).title
      : isErrorCode(data.error)
        ? problemText(data.error).title
        : null;
    if (kind === "messages_recovered") return { title: t(kind, { count: data.count ?? 1 }), detail };
    if (kind === "connection_unstable" && (data.count ?? 1) > 1)
      return { title: t("unstableTimes", { count: data.count ?? 1 }), detail };
    if (kind === "connected" && data.phone)
      return { title: t("connectedAs", { phone: format.phone(`+${data.phone.replace("+", "")}`) }), detail };
    if (kind === "disconnected_by_member" && data.memberName)
      return { title: t("disconnectedByName", { name: data.memberName }), detail };
    if (kind === "restarted_by_member" && data.memberName)
      return { title: t("restartedByName", { name: data.memberName }), detail };
    return { title: t(kind), detail };
  };
}

function TimelineSkeleton() {
  return (
    <div className="flex flex-col gap-4 py-1">
      {[48, 64, 40].map((width) => (
        <div key={width} className="flex items-center gap-3">
          <Skeleton className="size-2.5 rounded-full" />
          <span style={{ width: `${width}%` }}>
            <Skeleton className="h-4" />
          </span>
          <Skeleton className="ml-auto h-3.5 w-20" />
        </div>
      ))}
    </div>
  );
}
