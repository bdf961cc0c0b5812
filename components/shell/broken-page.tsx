"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What error.tsx files show: what happened, that data is safe, one thing to do, a code for support. */
export function BrokenPage({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="flex min-h-[70dvh] flex-col items-center justify-center">
      <EmptyState
        icon={<TriangleAlert />}
        title={t("broken.title")}
        action={
          <Button variant="primary" onClick={onRetry}>
            {t("retry")}
          </Button>
        }
        className="py-6"
      >
        {t("broken.detail")}
      </EmptyState>
      {digest && <p className="font-mono text-ink-faint text-tiny">{t("broken.reference", { digest })}</p>}
    </div>
  );
}
