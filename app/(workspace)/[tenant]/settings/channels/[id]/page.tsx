import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelPage } from "#components/channels/channel-page.tsx";
import { channelKeys } from "#components/channels/queries.ts";
import { pageContext } from "#lib/auth/page-context.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { getChannel } from "#lib/domain/channels/queries.ts";
import { practicePhones } from "#lib/domain/sandbox/practice-phones.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { isId } from "#lib/kernel/ids.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("channels.list");
  return { title: t("title") };
}

/** Another tenant's number, or one that was deleted. */
function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}

type Params = Promise<{ tenant: string; id: string }>;

export default async function ChannelSettingsPage({ params }: { params: Params }) {
  const { tenant: slug, id } = await params;
  const { ctx, tenant } = await pageContext(slug);
  if (!isId("channel", id)) notFound();
  const channel = await getChannel(ctx, id).catch(orNotFound);
  const client = new QueryClient();
  client.setQueryData(channelKeys.detail(id), presentChannel(channel));
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ChannelPage
        key={id}
        channelId={id}
        practice={env().SANDBOX_URL !== undefined}
        examplePhone={practicePhones(tenant).business}
      />
    </HydrationBoundary>
  );
}
