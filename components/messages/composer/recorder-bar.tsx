"use client";

import { Mic, MicOff, Pause, Play, SendHorizontal, Square, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { duration } from "../bubbles/box.ts";
import { usePlayer } from "../bubbles/use-player.ts";
import { waveformBars } from "../bubbles/waveform.ts";
import { type Recorded, type Recorder, startRecording } from "./recording.ts";

const TICK_MS = 100;
/** A quarter of an hour is a long voice note; the file stays far below WhatsApp's limit. */
const SECONDS_MAX = 15 * 60;
const LIVE_BARS = 40;

type State =
  | { kind: "asking" }
  | { kind: "refused"; why: "denied" | "missing" | "unsupported" }
  | { kind: "recording" | "paused" }
  | { kind: "review"; recorded: Recorded; url: string };

/** In place of the field: record, pause, listen, throw away, send. */
export function RecorderBar({
  onSend,
  onClose,
}: {
  onSend: (recorded: Recorded) => void;
  onClose: () => void;
}) {
  const t = useTranslations("inbox");
  const [state, setState] = useState<State>({ kind: "asking" });
  const recorder = useRef<Recorder | null>(null);
  const seconds = useTicking(recorder, state.kind === "recording");

  useEffect(() => {
    let left = false;
    startRecording().then(
      (started) => {
        if (left) return started.discard();
        recorder.current = started;
        setState({ kind: "recording" });
      },
      (error: unknown) => !left && setState({ kind: "refused", why: whyRefused(error) }),
    );
    return () => {
      left = true;
      recorder.current?.discard();
    };
  }, []);

  const finish = async (): Promise<Recorded | null> => {
    if (state.kind === "review") return state.recorded;
    const recorded = await recorder.current?.stop();
    recorder.current = null;
    return recorded ?? null;
  };
  const send = async () => {
    const recorded = await finish();
    if (recorded) onSend(recorded);
    onClose();
  };
  const review = async () => {
    const recorded = await finish();
    if (recorded) setState({ kind: "review", recorded, url: URL.createObjectURL(recorded.file) });
  };
  useAtLimit(seconds, () => void review());
  useEscape(onClose);

  if (state.kind === "refused") return <Refused why={state.why} onClose={onClose} />;
  return (
    <section
      aria-label={t("recorder.title")}
      className="flex items-center gap-2 border-line border-t bg-surface px-3 py-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] md:px-4"
    >
      <IconButton label={t("recorder.discard")} onClick={onClose}>
        <Trash2 />
      </IconButton>
      <div className="flex h-10 min-w-0 flex-1 items-center gap-3 rounded-xl border border-line-strong bg-raised px-3.5">
        {state.kind === "review" ? (
          <Review recorded={state.recorded} url={state.url} />
        ) : (
          <Live recorder={recorder} state={state.kind} seconds={seconds} />
        )}
      </div>
      {(state.kind === "recording" || state.kind === "paused") && (
        <>
          <IconButton
            label={t(state.kind === "recording" ? "recorder.pause" : "recorder.resume")}
            onClick={() => {
              if (state.kind === "recording") recorder.current?.pause();
              else recorder.current?.resume();
              setState({ kind: state.kind === "recording" ? "paused" : "recording" });
            }}
          >
            {state.kind === "recording" ? <Pause /> : <Mic />}
          </IconButton>
          <IconButton label={t("recorder.listen")} onClick={() => void review()}>
            <Square />
          </IconButton>
        </>
      )}
      <IconButton
        label={t("recorder.send")}
        disabled={state.kind === "asking"}
        onClick={() => void send()}
        className="size-10! rounded-full! bg-accent text-accent-ink! hover:bg-accent-hover disabled:bg-line disabled:text-ink-faint! disabled:opacity-100"
      >
        <SendHorizontal />
      </IconButton>
    </section>
  );
}

function Live({
  recorder,
  state,
  seconds,
}: {
  recorder: { current: Recorder | null };
  state: "asking" | "recording" | "paused";
  seconds: number;
}) {
  const t = useTranslations("inbox");
  if (state === "asking") return <span className="text-ink-muted">{t("recorder.asking")}</span>;
  const levels = recorder.current?.levels().slice(-LIVE_BARS) ?? [];
  return (
    <>
      <span
        aria-hidden
        className={`size-2.5 shrink-0 rounded-full bg-danger ${state === "recording" ? "animate-shimmer" : "opacity-40"}`}
      />
      <span role="timer" className="tabular shrink-0">
        {duration(seconds)}
      </span>
      <span
        aria-hidden
        className="flex h-6 min-w-0 flex-1 items-center justify-end gap-[3px] overflow-hidden"
      >
        {levels.map((level, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
            key={index}
            style={{ height: `${Math.max(level, 8)}%` }}
            className="w-[3px] shrink-0 rounded-full bg-ink/35"
          />
        ))}
      </span>
      <span className="sr-only" role="status">
        {t(state === "recording" ? "recorder.recording" : "recorder.paused")}
      </span>
    </>
  );
}

function Review({ recorded, url }: { recorded: Recorded; url: string }) {
  const t = useTranslations("inbox");
  const player = usePlayer(url, recorded.durationS);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const playing = player.state === "playing";
  const bars = waveformBars(recorded.waveform);
  const part = player.length > 0 ? player.at / player.length : 0;
  return (
    <>
      <button
        type="button"
        aria-label={t(playing ? "player.pause" : "player.play")}
        onClick={playing ? player.pause : player.play}
        className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink hover:bg-accent-hover"
      >
        {playing ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
      </button>
      <span className="tabular shrink-0">{duration(player.at > 0 ? player.at : recorded.durationS)}</span>
      <span aria-hidden className="flex h-6 min-w-0 flex-1 items-center justify-between overflow-hidden">
        {(bars ?? []).map((height, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
            key={index}
            style={{ height: `${Math.max(height * 100, 10)}%` }}
            className={`w-[3px] shrink-0 rounded-full ${index / (bars?.length ?? 1) < part ? "bg-accent" : "bg-ink/30"}`}
          />
        ))}
      </span>
    </>
  );
}

function Refused({ why, onClose }: { why: "denied" | "missing" | "unsupported"; onClose: () => void }) {
  const t = useTranslations("inbox");
  return (
    <div
      role="alert"
      className="flex items-center gap-3 border-line border-t bg-warning-tint px-4 py-2.5 text-warning-text"
    >
      <MicOff aria-hidden className="size-5 shrink-0" />
      <p className="min-w-0 flex-1 text-small">{t(`recorder.${why}`)}</p>
      <Button size="sm" onClick={onClose}>
        {t("recorder.close")}
      </Button>
    </div>
  );
}

function whyRefused(error: unknown): "denied" | "missing" | "unsupported" {
  if (!(error instanceof DOMException)) return "unsupported";
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "denied";
  return error.name === "NotFoundError" ? "missing" : "unsupported";
}

function useTicking(recorder: { current: Recorder | null }, running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setSeconds(recorder.current?.seconds() ?? 0), TICK_MS);
    return () => clearInterval(timer);
  }, [recorder, running]);
  return seconds;
}

function useAtLimit(seconds: number, act: () => void): void {
  const stop = useEffectEvent(act);
  const reached = seconds >= SECONDS_MAX;
  useEffect(() => {
    if (reached) stop();
  }, [reached]);
}

function useEscape(act: () => void): void {
  const leave = useEffectEvent(act);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      leave();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
