"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { AddChannelDialog } from "./add-channel-dialog.tsx";
import { Moment } from "./moment.tsx";
import { PracticeCallout } from "./practice-callout.tsx";
import { useFailureText, useProblemText } from "./problem-text.tsx";
import { channelListQuery } from "./queries.ts";
import { StatusBadge } from "./status-badge.tsx";
import { useChannelEvents } from "./use-channel-events.ts";

/** All numbers of the business, each with its state as it is now. */
export function ChannelList({ practice }: { practice: boolean }) {
  const t = useTranslations("channels.list");
  const common = useTranslations("common");
  const api = useApi();
  const failureText = useFailureText();
  const { member } = useWorkspace();
  useChannelEvents();
  const { data, error, refetch } = useQuery(channelListQuery(api));
  const mayManage = member.role !== "agent";

  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-semibold text-display">{t("title")}</h1>
          <p className="mt-1 text-ink-muted">{t("intro")}</p>
        </div>
        {mayManage && <AddChannelDialog />}
      </header>
      {practice && <PracticeCallout />}
      {!data && error && (
        <Banner
          tone="danger"
          title={t("loadFailed")}
          action={<Button onClick={() => void refetch()}>{common("retry")}</Button>}
        >
          {failureText(error)}
        </Banner>
      )}
      {!data && !error && <ListSkeleton />}
      {data && data.data.length === 0 && (
        <EmptyState
          icon={<MessageCircle />}
          title={t("empty")}
          className="rounded-xl border border-line bg-raised"
        >
          {t("emptyHint")}
        </EmptyState>
      )}
      {data && data.data.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised">
          {data.data.map((channel) => (
            <li key={channel.id}>
              <ChannelRow channel={channel} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ChannelRow({ channel }: { channel: ChannelView }) {
  const t = useTranslations("channels.list");
  const format = useFormat();
  const problemText = useProblemText();
  const { tenant } = useWorkspace();
  const problem =
    channel.error && channel.status !== "connected" ? problemText(channel.error.code).title : null;
  return (
    <Link
      href={`/${tenant.slug}/settings/channels/${channel.id}`}
      className="flex items-center gap-3.5 px-5 py-4 transition-colors hover:bg-hover focus-visible:outline-offset-[-3px]"
    >
      {/* Not its WhatsApp picture: that lies on somebody else's server. */}
      <Avatar name={channel.name} seed={channel.id} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{channel.name}</p>
        <p className="tabular truncate text-ink-muted text-small">
          {channel.phone ? format.phone(channel.phone) : t("noPhone")}
          {problem && <span className="text-danger-text"> · {problem}</span>}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <StatusBadge status={channel.status} />
        <Moment at={channel.statusSince} className="text-ink-muted text-small max-md:hidden" />
      </div>
      <ChevronRight aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
    </Link>
  );
}

export function ListSkeleton() {
  return (
    <div className="divide-y divide-line rounded-xl border border-line bg-raised">
      {[0, 1].map((row) => (
        <div key={row} className="flex items-center gap-3.5 px-5 py-4">
          <Skeleton className="size-10 rounded-full" />
          <div className="flex-1">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="mt-2 h-3.5 w-28" />
          </div>
          <Skeleton className="h-6 w-28 rounded-full" />
        </div>
      ))}
    </div>
  );
}
