import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiKeyList } from "#components/api-keys/api-key-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.nav");
  return { title: t("api-keys") };
}

export default function ApiKeysPage() {
  return <ApiKeyList />;
}
