import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelList } from "#components/channels/channel-list.tsx";
import { channelKeys } from "#components/channels/queries.ts";
import { pageContext } from "#lib/auth/page-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { env } from "#lib/kernel/env.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("channels.list");
  return { title: t("title") };
}

export default async function ChannelsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx } = await pageContext((await params).tenant);
  const client = new QueryClient();
  const list: Page<ChannelView> = { data: await listChannels(ctx), next: null };
  client.setQueryData(channelKeys.list(), list);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ChannelList practice={env().SANDBOX_URL !== undefined} />
    </HydrationBoundary>
  );
}
