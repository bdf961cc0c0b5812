"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export const SPEEDS: readonly number[] = [1, 1.5, 2];

/** The one that can be heard. */
let playing: HTMLAudioElement | null = null;
/** Chosen once, it holds for every voice note of this visit. */
let chosenSpeed = 1;

export type Player = ReturnType<typeof usePlayer>;

/** Plays one recording; starting it silences any other. Nothing is fetched before it is asked for. */
export function usePlayer(url: string | null, knownDurationS: number | null) {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [state, setState] = useState<"idle" | "playing" | "paused" | "failed">("idle");
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(knownDurationS ?? 0);
  const [speed, setSpeed] = useState(chosenSpeed);

  useEffect(
    () => () => {
      audio.current?.pause();
      audio.current = null;
    },
    [],
  );

  const element = useCallback(() => {
    if (audio.current || !url) return audio.current;
    const made = new Audio();
    made.preload = "metadata";
    made.src = url;
    made.addEventListener("timeupdate", () => setAt(made.currentTime));
    made.addEventListener("play", () => setState("playing"));
    made.addEventListener("pause", () => setState("paused"));
    made.addEventListener("error", () => setState("failed"));
    made.addEventListener("ended", () => {
      made.currentTime = 0;
      setAt(0);
      setState("paused");
    });
    // Recordings of browsers say "Infinity" until they have been read to the end.
    made.addEventListener("durationchange", () => {
      if (Number.isFinite(made.duration) && made.duration > 0) setLength(made.duration);
    });
    audio.current = made;
    return made;
  }, [url]);

  const play = useCallback(() => {
    const made = element();
    if (!made) return;
    if (playing && playing !== made) playing.pause();
    playing = made;
    made.playbackRate = chosenSpeed;
    setSpeed(chosenSpeed);
    made.play().catch((error: unknown) => {
      // A pause before it began is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) setState("failed");
    });
  }, [element]);

  return {
    state,
    at,
    length: Math.max(length, at),
    speed,
    play,
    pause: () => audio.current?.pause(),
    seek(seconds: number) {
      const made = element();
      if (!made) return;
      made.currentTime = seconds;
      setAt(seconds);
    },
    faster() {
      const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
      chosenSpeed = next;
      setSpeed(next);
      if (audio.current) audio.current.playbackRate = next;
    },
    /** Forgets a failure and asks for the file again. */
    reset() {
      audio.current = null;
      setState("idle");
    },
  };
}
