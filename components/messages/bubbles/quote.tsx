"use client";

import { useTranslations } from "next-intl";
import { plainPreview } from "../formatting.ts";
import type { LocalMessage } from "../local-message.ts";
import { MessageTypeIcon } from "../message-type.tsx";

/** The message that this one answers. */
export function BubbleQuote({ quoted }: { quoted: NonNullable<LocalMessage["quoted"]> }) {
  const t = useTranslations("inbox");
  const type = quoted.type ?? "text";
  return (
    <blockquote
      dir="auto"
      className="mb-1 line-clamp-3 rounded-md border-accent border-s-[3px] bg-ink/5 px-2.5 py-1.5 text-ink-muted text-small [overflow-wrap:anywhere]"
    >
      <span className="sr-only">{t("inReplyTo")} </span>
      <MessageTypeIcon type={type} className="me-1 -mt-0.5 inline size-3.5" />
      {quoted.text ? plainPreview(quoted.text, 240) : t(`types.${type}`)}
    </blockquote>
  );
}
