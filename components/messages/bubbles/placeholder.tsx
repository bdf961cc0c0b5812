"use client";

import { useTranslations } from "next-intl";
import type { LocalMessage } from "../local-message.ts";
import { MessageTypeIcon } from "../message-type.tsx";

/** Stands for content that cannot be shown here yet, by its name, so that nobody thinks nothing came. */
export function BubblePlaceholder({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  return (
    <div className="mb-1 flex items-center gap-3 rounded-lg bg-ink/5 py-2 pr-3.5 pl-2.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-md bg-ink/6 text-ink-muted">
        <MessageTypeIcon type={message.type} className="size-[1.125rem]" />
      </span>
      <span className="min-w-0">
        <span className="block font-medium text-base">{t(`types.${message.type}`)}</span>
        <span className="block text-ink-muted text-small">{t("notShownYet")}</span>
      </span>
    </div>
  );
}
