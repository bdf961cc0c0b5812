"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { duration } from "./box.ts";
import { Picture } from "./image.tsx";
import { Centered, sourceOf, useAnotherTry } from "./media-state.tsx";

/** More than these hide behind the last tile. */
const SHOWN = 4;

/** Photos and videos that were sent together. */
export function BubbleAlbum({ messages }: { messages: readonly LocalMessage[] }) {
  const t = useTranslations("inbox");
  const shown = messages.slice(0, SHOWN);
  const hidden = messages.length - shown.length;
  return (
    <ul
      aria-label={t("album", { count: messages.length })}
      className="grid w-80 max-w-full grid-cols-2 gap-1"
    >
      {shown.map((message, index) => (
        <li
          key={message.id}
          data-message-id={message.id}
          className={classes(
            "relative aspect-square",
            shown.length === 3 && index === 0 && "col-span-2 aspect-[2/1]",
          )}
        >
          <Tile message={message} more={index === SHOWN - 1 ? hidden : 0} />
        </li>
      ))}
    </ul>
  );
}

function Tile({ message, more }: { message: LocalMessage; more: number }) {
  const t = useTranslations("inbox");
  const { retryMedia } = useMessageActions();
  const attempt = useAnotherTry();
  const lost = message.media?.status === "failed" && !sourceOf(message);
  if (lost || attempt.broken) {
    return (
      <button
        type="button"
        onClick={() => (lost ? retryMedia(message) : attempt.again())}
        className="flex size-full flex-col items-center justify-center gap-1 rounded-lg bg-ink/5 p-2 text-center text-ink-muted text-small hover:bg-ink/8"
      >
        {t("media.broken")}
        <span className="font-medium text-accent-text">{t("media.retry")}</span>
      </button>
    );
  }
  return (
    <>
      <Picture message={message} attempt={attempt} />
      {message.type === "video" && (
        <Centered>
          <span className="pointer-events-none flex items-center gap-1 rounded-full bg-black/55 px-2 py-1 text-small text-white">
            <Play aria-hidden className="size-3.5 fill-current" />
            {message.media?.durationS ? duration(message.media.durationS) : null}
          </span>
        </Centered>
      )}
      {more > 0 && (
        <span className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-lg bg-black/50 font-semibold text-title text-white">
          +{more}
        </span>
      )}
    </>
  );
}
