"use client";

import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import type { LocalMessage } from "../local-message.ts";
import { boxFor } from "./box.ts";
import { Centered, MediaFailed, MediaPending, sourceOf, UploadRing, useAnotherTry } from "./media-state.tsx";
import { Meta } from "./meta.tsx";

/** The same word in every language. */
const GIF = "GIF";

/** The browser's own player; what WhatsApp calls a GIF runs by itself without sound, a video note is round. */
export function BubbleVideo({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { media, details } = message;
  const attempt = useAnotherTry();
  const source = sourceOf(message);
  const { gif, round } = details?.kind === "video" ? details : { gif: false, round: false };
  if (!source && media?.status !== "pending") return <MediaFailed message={message} />;
  if (attempt.broken) return <MediaFailed message={message} onRetry={attempt.again} />;
  const box = round ? { width: 220, aspectRatio: "1 / 1" } : boxFor(media?.width, media?.height);
  const poster = source?.thumbnailUrl ?? media?.preview;
  return (
    <div style={box} className="relative max-w-full">
      {source ? (
        <video
          key={attempt.key}
          src={source.url}
          {...(poster && !poster.startsWith("blob:") && { poster })}
          aria-label={message.text ?? t("types.video")}
          controls={!gif}
          preload="metadata"
          playsInline
          {...(gif && { loop: true, muted: true, autoPlay: !reducedMotion() })}
          onClick={gif ? ({ currentTarget }) => toggle(currentTarget) : undefined}
          onError={attempt.onError}
          className={classes("size-full bg-black object-cover", round ? "rounded-full" : "rounded-lg")}
        />
      ) : (
        <div className={classes("size-full overflow-hidden", round && "rounded-full")}>
          <MediaPending message={message} media={media} />
        </div>
      )}
      {gif && source && (
        <span className="pointer-events-none absolute top-1.5 left-1.5 rounded-md bg-black/55 px-1.5 py-0.5 font-medium text-tiny text-white">
          {GIF}
        </span>
      )}
      <Centered>
        <UploadRing message={message} />
      </Centered>
      {/* The player's own buttons are at the bottom. */}
      {!message.text && (gif || !source) && <Meta message={message} place="over" />}
    </div>
  );
}

function toggle(video: HTMLVideoElement): void {
  if (video.paused) void video.play();
  else video.pause();
}

function reducedMotion(): boolean {
  return typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;
}
