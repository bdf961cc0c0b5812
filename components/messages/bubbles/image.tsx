"use client";

import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { boxFor } from "./box.ts";
import { Centered, MediaFailed, MediaPending, sourceOf, UploadRing, useAnotherTry } from "./media-state.tsx";
import { Meta } from "./meta.tsx";

/** A photo in its final size from the first paint; a click shows it large. */
export function BubbleImage({ message }: { message: LocalMessage }) {
  const { media } = message;
  const attempt = useAnotherTry();
  const source = sourceOf(message);
  if (!source && media?.status !== "pending") return <MediaFailed message={message} />;
  if (attempt.broken) return <MediaFailed message={message} onRetry={attempt.again} />;
  return (
    <div style={boxFor(media?.width, media?.height)} className="relative max-w-full">
      <Picture message={message} attempt={attempt} />
      {!message.text && <Meta message={message} place="over" />}
    </div>
  );
}

/** Fills the box it is in: the one of its bubble, or a tile of an album. */
export function Picture({
  message,
  attempt,
  className,
}: {
  message: LocalMessage;
  attempt: ReturnType<typeof useAnotherTry>;
  className?: string;
}) {
  const t = useTranslations("inbox");
  const { view } = useMessageActions();
  const source = sourceOf(message);
  if (!source) return <MediaPending message={message} media={message.media} />;
  return (
    <>
      <button
        type="button"
        onClick={() => view(message)}
        aria-label={t("media.open")}
        className="block size-full overflow-hidden rounded-lg bg-ink/8"
      >
        {/* biome-ignore lint/performance/noImgElement: the file is already of the right size, and behind a session */}
        <img
          key={attempt.key}
          src={source.thumbnailUrl ?? source.url}
          alt={message.text ?? t(`types.${message.type}`)}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={attempt.onError}
          className={classes("size-full object-cover", className)}
        />
      </button>
      <Centered>
        <UploadRing message={message} />
      </Centered>
    </>
  );
}
