"use client";

import { useQuery } from "@tanstack/react-query";
import { CheckCheck, Inbox, MessagesSquare, SearchX, Smartphone, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { channelListQuery } from "#components/channels/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ConversationFilter } from "./filter.ts";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

export function ListSkeleton() {
  const t = useTranslations("inbox");
  return (
    <div>
      <span className="sr-only" role="status">
        {t("listLoading")}
      </span>
      {ROWS.map((row, index) => (
        <div key={row} className="flex h-[68px] items-center gap-3 px-3" style={{ opacity: 1 - index * 0.1 }}>
          <Skeleton className="size-10 shrink-0 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function ListError({
  error,
  onRetry,
  pending,
}: {
  error: Error;
  onRetry: () => void;
  pending: boolean;
}) {
  const t = useTranslations("inbox");
  return (
    <EmptyState
      icon={<TriangleAlert />}
      title={t("listError.title")}
      action={
        <Button variant="primary" pending={pending} onClick={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      {t("listError.detail")}
      <span className="mt-1 block text-ink-faint text-tiny">{asAppError(error).code}</span>
    </EmptyState>
  );
}

/** Nothing to list: says why, and what to do next. */
export function ListEmpty({
  filter,
  onFilter,
}: {
  filter: ConversationFilter;
  onFilter: (filter: ConversationFilter) => void;
}) {
  const t = useTranslations("inbox");
  if (filter.q !== "") {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("empty.searchTitle")}
        action={<Button onClick={() => onFilter({ ...filter, q: "" })}>{t("empty.clearSearch")}</Button>}
      >
        {t("empty.search", { q: filter.q })}
      </EmptyState>
    );
  }
  if (filter.tab === "all") return <NoConversations />;
  return (
    <EmptyState
      icon={filter.tab === "unread" ? <CheckCheck /> : <Inbox />}
      title={t(`empty.${filter.tab}Title`)}
      action={<Button onClick={() => onFilter({ tab: "all", q: "" })}>{t("empty.showAll")}</Button>}
    >
      {t(`empty.${filter.tab}`)}
    </EmptyState>
  );
}

function NoConversations() {
  const t = useTranslations("inbox");
  const { tenant, sandbox } = useWorkspace();
  const { data: channels } = useQuery(channelListQuery(useApi()));
  const connected = channels?.data.some(({ status }) => status === "connected") ?? false;
  const connect = (
    <Button asChild variant={connected ? "secondary" : "primary"}>
      <Link href={`/${tenant.slug}/settings/channels`}>{t("empty.openChannels")}</Link>
    </Button>
  );
  const practise = (
    <Button asChild variant={connected ? "primary" : "secondary"}>
      <Link href={`/${tenant.slug}/sandbox`}>
        <Smartphone aria-hidden />
        {t("empty.openSandbox")}
      </Link>
    </Button>
  );
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title={t("empty.title")}
      action={
        <div className="flex flex-col items-center gap-2">
          {!connected && connect}
          {sandbox && practise}
        </div>
      }
    >
      {!connected ? t("empty.connect") : sandbox ? t("empty.sandbox") : t("empty.waiting")}
    </EmptyState>
  );
}
