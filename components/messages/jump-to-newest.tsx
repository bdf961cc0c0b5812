"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { LocalMessage } from "./local-message.ts";

/** Shown while reading further up: back to the end, and how much has come in there meanwhile. */
export function JumpToNewest({
  messages,
  atEnd,
  onJump,
}: {
  messages: readonly LocalMessage[];
  atEnd: boolean;
  onJump: () => void;
}) {
  const t = useTranslations("inbox");
  const newestId = messages.at(-1)?.id;
  const [seenId, setSeenId] = useState(newestId);
  useEffect(() => {
    if (atEnd) setSeenId(newestId);
  }, [atEnd, newestId]);
  if (atEnd || messages.length === 0) return null;

  const from = messages.findIndex(({ id }) => id === seenId);
  const added = messages.slice(from + 1).filter(({ direction }) => direction === "inbound").length;
  const label = added > 0 ? t("jumpToNew", { count: added }) : t("jumpToNewest");
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onJump}
      className="absolute right-4 bottom-4 flex h-10 min-w-10 animate-rise-in items-center justify-center gap-1.5 rounded-full border border-line bg-raised px-2.5 font-medium text-ink-muted shadow-float hover:text-ink"
    >
      {added > 0 && <span className="tabular pl-1 text-accent-text">{added > 99 ? "99+" : added}</span>}
      <ArrowDown aria-hidden className="size-[1.125rem]" />
    </button>
  );
}
