import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { channelKeys } from "#components/channels/queries.ts";
import { EventLog } from "#components/events/event-log.tsx";
import { apiFilter, filterFromUrl, upTo } from "#components/events/filter.ts";
import { eventKeys, LIST_PAGE } from "#components/events/queries.ts";
import { pageContext } from "#lib/auth/page-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { listInboundEvents } from "#lib/domain/inbound-events/queries.ts";
import { getTenantSettings } from "#lib/domain/tenants/queries.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("events");
  return { title: t("title") };
}

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EventsPage({ params, searchParams }: Props) {
  const { ctx, tenant, member } = await pageContext((await params).tenant);
  const asOf = new Date().toISOString();
  const client = new QueryClient();
  if (member.role !== "agent") {
    const given = await searchParams;
    const url = { get: (name: string) => [given[name]].flat()[0] ?? null };
    const filter = upTo(apiFilter(filterFromUrl(url), tenant.timeZone), asOf);
    const [page, channels, settings] = await Promise.all([
      listInboundEvents(ctx, { ...filter, limit: LIST_PAGE }),
      listChannels(ctx),
      getTenantSettings(ctx),
    ]);
    client.setQueryData(eventKeys.list(filter), { pages: [page], pageParams: [null] });
    client.setQueryData<Page<ChannelView>>(channelKeys.list(), { data: channels, next: null });
    client.setQueryData(eventKeys.settings(), settings);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <EventLog asOf={asOf} />
    </HydrationBoundary>
  );
}
