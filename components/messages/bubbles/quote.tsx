"use client";

import { useTranslations } from "next-intl";
import { plainPreview } from "../formatting.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { MessageTypeIcon } from "../message-type.tsx";

const LOOK =
  "mb-1 line-clamp-3 block w-full rounded-md border-accent border-s-[3px] bg-ink/5 px-2.5 py-1.5 text-start text-ink-muted text-small [overflow-wrap:anywhere]";

/** The message that this one answers; a click goes there, when it is one of ours. */
export function BubbleQuote({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { jumpTo } = useMessageActions();
  const { quoted, replyToId } = message;
  if (!quoted) return null;
  const words = (
    <>
      <span className="sr-only">{t("inReplyTo")} </span>
      <QuotedWords quoted={quoted} />
    </>
  );
  if (!replyToId) return <blockquote className={LOOK}>{words}</blockquote>;
  return (
    <blockquote>
      <button type="button" onClick={() => jumpTo(replyToId)} className={`${LOOK} hover:bg-ink/8`}>
        {words}
      </button>
    </blockquote>
  );
}

export function QuotedWords({ quoted }: { quoted: NonNullable<LocalMessage["quoted"]> }) {
  const t = useTranslations("inbox");
  const type = quoted.type ?? "text";
  return (
    <>
      <MessageTypeIcon type={type} className="me-1 -mt-0.5 inline size-3.5" />
      <span dir="auto">{quoted.text ? plainPreview(quoted.text, 240) : t(`types.${type}`)}</span>
    </>
  );
}
