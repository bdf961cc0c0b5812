import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { channelKeys } from "#components/channels/queries.ts";
import { SandboxPage } from "#components/sandbox/sandbox-page.tsx";
import { pageContext } from "#lib/auth/page-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { practicePhones } from "#lib/domain/sandbox/practice-phones.ts";
import { env } from "#lib/kernel/env.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sandbox");
  return { title: t("title") };
}

/** Exists only while the practice gateway runs: never in production. */
export default async function PracticePhonePage({ params }: { params: Promise<{ tenant: string }> }) {
  if (env().SANDBOX_URL === undefined) notFound();
  const { ctx, tenant } = await pageContext((await params).tenant);
  const client = new QueryClient();
  const list: Page<ChannelView> = { data: await listChannels(ctx), next: null };
  client.setQueryData(channelKeys.list(), list);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SandboxPage practice={practicePhones(tenant)} />
    </HydrationBoundary>
  );
}
