import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common.notFound");
  return { title: t("title") };
}

export default function NotFound() {
  const t = useTranslations("common.notFound");
  return (
    <main className="flex min-h-[80dvh] items-center justify-center">
      <EmptyState
        icon={<Compass />}
        title={t("title")}
        action={
          <Button variant="primary" asChild>
            <Link href="/">{t("action")}</Link>
          </Button>
        }
      >
        {t("detail")}
      </EmptyState>
    </main>
  );
}
