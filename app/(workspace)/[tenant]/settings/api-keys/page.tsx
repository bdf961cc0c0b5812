import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiKeyList } from "#components/api-keys/api-key-list.tsx";
import { apiKeyKeys } from "#components/api-keys/queries.ts";
import { pageContext } from "#lib/auth/page-context.ts";
import { listApiKeys } from "#lib/domain/api-keys/queries.ts";
import type { ApiKeyView } from "#lib/domain/api-keys/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.nav");
  return { title: t("api-keys") };
}

export default async function ApiKeysPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, member } = await pageContext((await params).tenant);
  const client = new QueryClient();
  if (member.role !== "agent") {
    const list: Page<ApiKeyView> = { data: await listApiKeys(ctx), next: null };
    client.setQueryData(apiKeyKeys.list(), list);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ApiKeyList />
    </HydrationBoundary>
  );
}
