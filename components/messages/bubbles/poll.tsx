"use client";

import { BarChart3 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MessageDetails } from "#lib/domain/messages/schema.ts";

type Poll = Extract<MessageDetails, { kind: "poll" }>;

/** Question and choices; votes are counted on the phones. */
export function BubblePoll({ question, poll }: { question: string | null; poll: Poll }) {
  const t = useTranslations("inbox");
  const several = poll.selectableCount !== 1;
  return (
    <div className="mb-1 w-72 max-w-full px-1 pt-0.5">
      <p className="flex items-center gap-1.5 text-ink-muted text-small">
        <BarChart3 aria-hidden className="size-3.5" />
        {t(several ? "poll.several" : "poll.one")}
      </p>
      <p dir="auto" className="font-medium [overflow-wrap:anywhere]">
        {question || t("types.poll")}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {poll.options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two options may read the same
          <li key={index} className="flex items-start gap-2">
            <span
              aria-hidden
              className={`mt-0.5 size-4 shrink-0 border-[1.5px] border-line-control ${several ? "rounded-[4px]" : "rounded-full"}`}
            />
            <span dir="auto" className="min-w-0 text-base [overflow-wrap:anywhere]">
              {option}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
