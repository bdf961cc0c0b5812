"use client";

import { MessageSquareDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import type { LocalMessage } from "../local-message.ts";

/** A kind nobody here knows: its name as WhatsApp calls it, and that nothing of it is lost. */
export function BubbleUnsupported({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const reason = message.details?.kind === "unsupported" ? message.details.reason : "";
  const named = reason !== "" && reason !== "empty";
  return (
    <div className="mb-1 flex w-72 max-w-full items-start gap-2.5 rounded-lg bg-ink/5 px-2.5 py-2">
      <MessageSquareDashed aria-hidden className="mt-0.5 size-[1.125rem] shrink-0 text-ink-muted" />
      <span className="min-w-0">
        <span className="block font-medium text-base">
          {t(reason === "empty" ? "unsupported.empty" : "unsupported.title")}
        </span>
        <span className="block text-ink-muted text-small">
          {t("unsupported.detail")}
          {named && <code className="ms-1 text-tiny [overflow-wrap:anywhere]">{reason}</code>}
        </span>
      </span>
    </div>
  );
}
