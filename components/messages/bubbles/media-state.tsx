"use client";

import { ImageOff, RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { MediaView } from "#lib/domain/messages/schema.ts";
import { localFile, useUpload } from "../local-files.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { MessageTypeIcon } from "../message-type.tsx";
import { useErrorText } from "../use-error-text.ts";

/** Where the bytes are: in this browser for what was picked here, else at the server once it has them. */
export function sourceOf(message: LocalMessage): { url: string; thumbnailUrl: string | null } | null {
  const local = localFile(message.id);
  if (local) return { url: local.url, thumbnailUrl: local.url };
  const { media } = message;
  return media?.status === "ready" ? { url: media.url, thumbnailUrl: media.thumbnailUrl } : null;
}

/** WhatsApp keeps files for a while only. */
const GONE: ReadonlySet<string> = new Set(["not_found", "media_unavailable"]);

/** A file that cannot be had: what it was, why, and another try. Never a broken picture. */
export function MediaFailed({ message, onRetry }: { message: LocalMessage; onRetry?: () => void }) {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  const { retryMedia } = useMessageActions();
  const code = message.media?.error;
  const gone = code !== undefined && code !== null && GONE.has(code);
  const cause = code && !gone ? errorText({ code, title: code, detail: "", action: "" }).title : null;
  return (
    <div className="mb-1 flex w-72 max-w-full gap-2.5 rounded-lg bg-ink/5 px-2.5 py-2.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-md bg-ink/6 text-ink-muted [&_svg]:size-[1.125rem]">
        {message.type === "image" ? <ImageOff aria-hidden /> : <MessageTypeIcon type={message.type} />}
      </span>
      <div className="min-w-0 text-small">
        <p className="font-medium text-base">{message.media?.fileName ?? t(`types.${message.type}`)}</p>
        <p className="text-ink-muted">{cause ?? t(gone ? "media.gone" : "media.broken")}</p>
        <Button size="sm" className="mt-1.5" onClick={onRetry ?? (() => retryMedia(message))}>
          <RotateCw aria-hidden />
          {t("media.retry")}
        </Button>
      </div>
    </div>
  );
}

/** On its way from WhatsApp: what is known of it already, in its final size. */
export function MediaPending({ message, media }: { message: LocalMessage; media: MediaView | null }) {
  const t = useTranslations("inbox");
  return (
    <div className="relative flex size-full items-center justify-center overflow-hidden rounded-lg bg-ink/8">
      {media?.preview && (
        // biome-ignore lint/performance/noImgElement: a data address
        <img
          src={media.preview}
          alt=""
          className="absolute inset-0 size-full scale-105 object-cover blur-md"
        />
      )}
      <span className="relative flex animate-shimmer items-center gap-1.5 rounded-full bg-black/50 px-2.5 py-1 text-small text-white">
        <MessageTypeIcon type={message.type} className="size-4" />
        {t("media.pending")}
      </span>
    </div>
  );
}

/** Over a picture, or beside a player: how far the upload has got, and a way out of it. */
export function UploadRing({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const upload = useUpload(message.id);
  if (!upload || message.local !== "sending") return null;
  const percent = Math.round(upload.part * 100);
  return (
    <button
      type="button"
      aria-label={t("media.cancelUpload", { percent })}
      title={t("media.cancelUpload", { percent })}
      onClick={upload.cancel}
      className="pointer-events-auto relative flex size-11 items-center justify-center rounded-full bg-black/55 text-white hover:bg-black/70"
    >
      <svg viewBox="0 0 40 40" aria-hidden className="absolute inset-0 size-full -rotate-90">
        <circle cx="20" cy="20" r="17" fill="none" stroke="white" strokeOpacity="0.3" strokeWidth="2.5" />
        <circle
          cx="20"
          cy="20"
          r="17"
          fill="none"
          stroke="white"
          strokeWidth="2.5"
          strokeLinecap="round"
          pathLength="100"
          strokeDasharray={`${Math.max(percent, 3)} 100`}
          className="transition-[stroke-dasharray]"
        />
      </svg>
      <X aria-hidden className="size-4" />
    </button>
  );
}

/** An address that is asked for again after it could not be shown. */
export function useAnotherTry() {
  const [broken, setBroken] = useState(false);
  const [tries, setTries] = useState(0);
  return {
    broken,
    key: tries,
    onError: () => setBroken(true),
    again: () => {
      setBroken(false);
      setTries((before) => before + 1);
    },
  };
}

export function Centered({ children }: { children: ReactNode }) {
  return (
    <span className="pointer-events-none absolute inset-0 flex items-center justify-center">{children}</span>
  );
}
