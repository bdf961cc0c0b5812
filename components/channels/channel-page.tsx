"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import { ChannelActions } from "./channel-actions.tsx";
import { ChannelFacts } from "./channel-facts.tsx";
import { ChannelProblem } from "./channel-problem.tsx";
import { ConnectPanel } from "./connect-panel.tsx";
import { PacingCard } from "./pacing-card.tsx";
import { PracticeCallout } from "./practice-callout.tsx";
import { useProblemText } from "./problem-text.tsx";
import { channelQuery, timelineQuery } from "./queries.ts";
import { RenameChannel } from "./rename-channel.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { Timeline } from "./timeline.tsx";
import { useChannelEvents } from "./use-channel-events.ts";

/** One number: its code, its state, what went wrong, what can be done and what has happened so far. */
export function ChannelPage({
  channelId,
  practice,
  examplePhone,
}: {
  channelId: string;
  practice: boolean;
  examplePhone: string;
}) {
  const api = useApi();
  const format = useFormat();
  const { member } = useWorkspace();
  useChannelEvents();
  const { data: channel, error, refetch } = useQuery(channelQuery(api, channelId));
  const timeline = useInfiniteQuery(timelineQuery(api, channelId));
  const mayManage = member.role !== "agent";

  if (!channel) return error ? <LoadFailed error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-2">
        <BackLink />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <RenameChannel channel={channel} mayManage={mayManage} />
          <StatusBadge status={channel.status} />
        </div>
        {channel.phone && (
          <p className="tabular text-ink-muted">
            {format.phone(channel.phone)}
            {channel.profileName && ` · ${channel.profileName}`}
          </p>
        )}
      </header>
      {practice && channel.status !== "connected" && <PracticeCallout channelId={channel.id} />}
      <ChannelProblem channel={channel} />
      <ConnectPanel
        channel={channel}
        latest={timeline.data?.pages[0]?.data[0]?.kind ?? null}
        examplePhone={format.phone(examplePhone)}
        mayManage={mayManage}
      />
      {practice && channel.status === "connected" && <PracticeCallout channelId={channel.id} connected />}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <ChannelFacts channel={channel} />
        {mayManage && <ChannelActions channel={channel} />}
      </div>
      {mayManage && <PacingCard channelId={channel.id} />}
      <Timeline channelId={channel.id} />
    </div>
  );
}

function BackLink() {
  const t = useTranslations("channels.list");
  const { tenant } = useWorkspace();
  return (
    <Link
      href={`/${tenant.slug}/settings/channels`}
      className="inline-flex w-fit items-center gap-1.5 text-ink-muted text-small hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {t("title")}
    </Link>
  );
}

function LoadFailed({ error, retry }: { error: Error; retry: () => void }) {
  const problemText = useProblemText();
  const common = useTranslations("common");
  const { code } = asAppError(error);
  const { title, detail, action } = problemText(code);
  return (
    <div className="flex flex-col gap-5">
      <BackLink />
      <EmptyState title={title} action={<Button onClick={retry}>{common("retry")}</Button>}>
        {detail} {action}
      </EmptyState>
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-4 w-36" />
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-96 rounded-xl" />
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-48 rounded-xl" />
      </div>
    </div>
  );
}
