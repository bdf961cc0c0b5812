"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { collapsePoint, isEmojiOnly } from "../formatting.ts";
import { FormattedText } from "./formatted-text.tsx";

/** A text or caption; `meta` (time and ticks) flows into its last line. */
export function BubbleText({ text, meta }: { text: string; meta: ReactNode }) {
  const t = useTranslations("inbox");
  const [whole, setWhole] = useState(false);
  const cut = whole ? null : collapsePoint(text);
  const large = isEmojiOnly(text);
  return (
    <div
      dir="auto"
      className="flow-root whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext]"
    >
      {large ? (
        <span className="block py-0.5 text-[2rem] leading-10">{text}</span>
      ) : (
        <FormattedText text={cut === null ? text : `${text.slice(0, cut).trimEnd()}…`} />
      )}
      {cut !== null && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="mt-1 block rounded-sm font-medium text-accent-text text-base hover:underline"
        >
          {t("readMore")}
        </button>
      )}
      {meta}
    </div>
  );
}
