"use client";

import { Smartphone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";

/** Only while the practice gateway runs beside us. */
export function PracticeCallout({
  channelId,
  connected = false,
}: {
  channelId?: string;
  connected?: boolean;
}) {
  const t = useTranslations("channels.practice");
  const { tenant } = useWorkspace();
  const href = `/${tenant.slug}/sandbox${channelId ? `?channel=${channelId}` : ""}`;
  return (
    <aside className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-accent-tint px-4 py-3">
      <span
        aria-hidden
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-raised text-accent-text"
      >
        <Smartphone className="size-5" />
      </span>
      <div className="min-w-52 flex-1">
        <p className="font-medium">{t("title")}</p>
        <p className="text-ink-muted text-small">{connected ? t("hintConnected") : t("hint")}</p>
      </div>
      <Button asChild>
        <Link href={href}>{t("open")}</Link>
      </Button>
    </aside>
  );
}
