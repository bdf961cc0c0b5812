import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { channelKeys } from "#components/channels/queries.ts";
import { type ConversationFilter, UNREAD } from "#components/conversations/filter.ts";
import { Inbox } from "#components/conversations/inbox.tsx";
import {
  conversationKeys,
  filterQuery,
  LIST_PAGE,
  listPageParam,
} from "#components/conversations/queries.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { prefetching } from "./prefetch.ts";

type Params = Promise<{ tenant: string }>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

/** The list stays while conversations are opened beside it. */
export default async function InboxLayout({ children, params }: { children: ReactNode; params: Params }) {
  const { ctx, client } = await prefetching((await params).tenant);
  const list = (filter: ConversationFilter) =>
    client.prefetchInfiniteQuery({
      ...listPageParam,
      queryKey: conversationKeys.list(filter),
      queryFn: () => listConversations(ctx, { ...filterQuery(filter), limit: LIST_PAGE }),
    });
  await Promise.all([
    list({ tab: "all", q: "" }),
    list(UNREAD),
    client.prefetchQuery({
      queryKey: channelKeys.list(),
      queryFn: async () => ({ data: await listChannels(ctx), next: null }),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Inbox>{children}</Inbox>
    </HydrationBoundary>
  );
}
