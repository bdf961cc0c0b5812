"use client";

import { Mic, Music, Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { classes } from "#components/ui/classes.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import { useUpload } from "../local-files.ts";
import type { LocalMessage } from "../local-message.ts";
import { duration } from "./box.ts";
import { MediaFailed, sourceOf, UploadRing } from "./media-state.tsx";
import { type Player, usePlayer } from "./use-player.ts";
import { waveformBars } from "./waveform.ts";

/** A voice note or an audio file. */
export function BubbleAudio({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { media } = message;
  const source = sourceOf(message);
  const player = usePlayer(source?.url ?? null, media?.durationS ?? null);
  const [heard, setHeard] = useState(false);
  const upload = useUpload(message.id);
  if ((!source && media?.status !== "pending") || player.state === "failed") {
    return <MediaFailed message={message} {...(source && { onRetry: player.reset })} />;
  }
  const voice = message.type === "voice";
  const playing = player.state === "playing";
  const played = message.status === "played" || heard;
  return (
    <div className="flex w-72 max-w-full items-center gap-2.5 py-1">
      {upload && message.local === "sending" ? (
        <UploadRing message={message} />
      ) : (
        <button
          type="button"
          disabled={!source}
          aria-label={t(playing ? "player.pause" : "player.play")}
          onClick={() => {
            setHeard(true);
            if (playing) player.pause();
            else player.play();
          }}
          className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink hover:bg-accent-hover disabled:animate-shimmer disabled:bg-line disabled:text-ink-faint"
        >
          {playing ? (
            <Pause aria-hidden className="size-5 fill-current" />
          ) : (
            <Play aria-hidden className="size-5 translate-x-px fill-current" />
          )}
        </button>
      )}
      <div className="min-w-0 flex-1">
        {!voice && media?.fileName && (
          <p dir="auto" className="truncate font-medium text-small">
            {media.fileName}
          </p>
        )}
        <Scrubber player={player} amplitudes={media?.waveform ?? []} disabled={!source} />
        <p className="tabular flex items-center gap-1 text-ink-muted text-tiny">
          {voice ? (
            <Mic aria-hidden className={classes("size-3.5", played && "text-tick-read")} />
          ) : (
            <Music aria-hidden className="size-3.5" />
          )}
          {voice && played && <span className="sr-only">{t("player.played")}</span>}
          {source || message.local ? duration(player.at > 0 ? player.at : player.length) : t("media.pending")}
        </p>
      </div>
      {(playing || player.state === "paused") && <Speed player={player} />}
    </div>
  );
}

function Speed({ player }: { player: Player }) {
  const t = useTranslations("inbox");
  const { locale } = useFormat();
  const speed = player.speed.toLocaleString(locale);
  return (
    <button
      type="button"
      aria-label={t("player.speed", { speed })}
      onClick={player.faster}
      className="tabular h-6 min-w-9 shrink-0 rounded-full bg-ink/8 px-1.5 font-medium text-small hover:bg-ink/12"
    >
      {speed}×
    </button>
  );
}

/** The wave, or a plain bar where none is known; over it a slider that nobody sees but hands and readers feel. */
function Scrubber({
  player,
  amplitudes,
  disabled,
}: {
  player: Player;
  amplitudes: readonly number[];
  disabled: boolean;
}) {
  const t = useTranslations("inbox");
  const bars = waveformBars(amplitudes);
  const part = player.length > 0 ? Math.min(player.at / player.length, 1) : 0;
  return (
    <div className="relative flex h-7 items-center rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-focus">
      {bars ? (
        <span aria-hidden className="flex h-full w-full items-center justify-between">
          {bars.map((height, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
              key={index}
              style={{ height: `${Math.max(height * 100, 12)}%` }}
              className={classes(
                "w-[3px] rounded-full",
                index / bars.length < part ? "bg-accent" : "bg-ink/25",
              )}
            />
          ))}
        </span>
      ) : (
        <span aria-hidden className="h-1 w-full overflow-hidden rounded-full bg-ink/20">
          <span style={{ width: `${part * 100}%` }} className="block h-full bg-accent" />
        </span>
      )}
      <input
        type="range"
        min={0}
        max={Math.max(player.length, 0.1)}
        step={0.1}
        value={player.at}
        disabled={disabled}
        aria-label={t("player.position")}
        aria-valuetext={t("player.positionOf", {
          at: duration(player.at),
          length: duration(player.length),
        })}
        onChange={(event) => player.seek(Number(event.target.value))}
        className="absolute inset-0 size-full cursor-pointer opacity-0 disabled:cursor-default"
      />
    </div>
  );
}
