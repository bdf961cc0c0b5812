"use client";

import { useQuery } from "@tanstack/react-query";
import { ImageOff, Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { sandboxKeys } from "./queries.ts";

/** Where a message's file lies, as the API names it. */
export function mediaPath(channelId: string, phone: string, messageId: string): string {
  return `/api/v1/sandbox/channels/${channelId}/chats/${phone}/messages/${messageId}/media`;
}

/** The file as an address of this page: a plain link could not say which workspace it is for. */
function useMediaAddress(path: string): { address: string | null; failed: boolean } {
  const { tenant } = useWorkspace();
  const { data, isError } = useQuery({
    queryKey: sandboxKeys.media(path),
    queryFn: async ({ signal }) => {
      const response = await fetch(path, { headers: { "x-recado-tenant": tenant.id }, signal });
      if (!response.ok) throw new Error(`media ${response.status}`);
      return response.blob();
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { address, failed: isError };
}

export function Photo({ path }: { path: string }) {
  const t = useTranslations("sandbox.chat");
  const { address, failed } = useMediaAddress(path);
  if (failed)
    return (
      <span className="flex h-40 w-56 items-center justify-center rounded-md bg-sunken text-ink-faint">
        <ImageOff aria-label={t("photoAlt")} className="size-6" />
      </span>
    );
  if (!address) return <Skeleton className="h-40 w-56" />;
  return (
    // biome-ignore lint/performance/noImgElement: a file of this page's own, nothing to optimise
    <img src={address} alt={t("photoAlt")} className="max-h-64 w-56 rounded-md object-cover" />
  );
}

export function VoiceNote({
  path,
  seconds,
  onPlayed,
}: {
  path: string;
  seconds: number | undefined;
  onPlayed: () => void;
}) {
  const t = useTranslations("sandbox.chat");
  const { address } = useMediaAddress(path);
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [share, setShare] = useState(0);

  function toggle() {
    const element = audio.current;
    if (!element) return;
    if (element.paused) {
      void element.play().catch(() => setPlaying(false));
      onPlayed();
    } else element.pause();
  }

  return (
    <div className="flex w-56 items-center gap-2.5 py-1">
      {/* biome-ignore lint/a11y/useMediaCaption: somebody's voice note has no captions */}
      <audio
        ref={audio}
        src={address ?? undefined}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) =>
          setShare(currentTarget.currentTime / (seconds || currentTarget.duration || 1))
        }
        onEnded={() => setShare(0)}
      />
      <button
        type="button"
        disabled={!address}
        onClick={toggle}
        aria-label={playing ? t("pause") : t("play")}
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink disabled:opacity-50"
      >
        {playing ? <Pause className="size-4" /> : <Play className="size-4 translate-x-px" />}
      </button>
      <span className="relative h-1 flex-1 overflow-hidden rounded-full bg-line-strong">
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-accent"
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      </span>
      <span className="tabular shrink-0 text-ink-muted text-tiny">{clock(seconds ?? 0)}</span>
    </div>
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}
