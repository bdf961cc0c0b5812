"use client";

import { Sticker } from "lucide-react";
import { useTranslations } from "next-intl";
import type { LocalMessage } from "../local-message.ts";
import { Centered, MediaFailed, MediaPending, sourceOf, UploadRing, useAnotherTry } from "./media-state.tsx";

/** Browsers show WhatsApp's webp stickers; its animated vector ones (.was) they do not know. */
const NOT_SHOWN = new Set(["application/was", "application/x-was"]);

export function BubbleSticker({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { media } = message;
  const attempt = useAnotherTry();
  const source = sourceOf(message);
  if (media?.mimeType && NOT_SHOWN.has(media.mimeType)) {
    return (
      <p className="flex items-center gap-2 rounded-lg bg-ink/5 px-2.5 py-2 text-ink-muted">
        <Sticker aria-hidden className="size-5" />
        {t("media.animatedSticker")}
      </p>
    );
  }
  if (!source && media?.status !== "pending") return <MediaFailed message={message} />;
  if (attempt.broken) return <MediaFailed message={message} onRetry={attempt.again} />;
  return (
    <div className="relative size-36">
      {source ? (
        // biome-ignore lint/performance/noImgElement: the file is already of the right size, and behind a session
        <img
          key={attempt.key}
          src={source.url}
          alt={t("types.sticker")}
          loading="lazy"
          draggable={false}
          onError={attempt.onError}
          className="size-full object-contain"
        />
      ) : (
        <MediaPending message={message} media={media} />
      )}
      <Centered>
        <UploadRing message={message} />
      </Centered>
    </div>
  );
}
