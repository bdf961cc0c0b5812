"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { GapView } from "#lib/domain/gaps/schema.ts";

/** A quiet line in the thread: here something may be missing, and nobody can know. */
export function GapLine({ gap }: { gap: GapView }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const sameDay = format.dayKey(gap.from) === format.dayKey(gap.to);
  const moment = (at: string) => (sameDay ? format.clock(at) : `${format.day(at)}, ${format.clock(at)}`);
  return (
    <p
      data-testid="gap"
      className="flex items-center gap-3 px-3 py-2 text-ink-muted text-small md:px-6 lg:px-10"
      suppressHydrationWarning
    >
      <span aria-hidden className="h-px flex-1 border-line-strong border-t border-dashed" />
      {t("gap", { from: moment(gap.from), to: moment(gap.to) })}
      <span aria-hidden className="h-px flex-1 border-line-strong border-t border-dashed" />
    </p>
  );
}
