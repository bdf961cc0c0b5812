"use client";

import { useEffect, useEffectEvent, useRef } from "react";

const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;

/** Says now and then that the customer types, and once that they stopped. */
export function useTyping(tell: (presence: "composing" | "paused") => void) {
  const toldAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const send = useEffectEvent(tell);

  useEffect(() => () => clearTimeout(timer.current), []);

  function stop() {
    clearTimeout(timer.current);
    if (toldAt.current === 0) return;
    toldAt.current = 0;
    send("paused");
  }

  function type() {
    const now = Date.now();
    if (now - toldAt.current > REPEAT_MS) {
      toldAt.current = now;
      send("composing");
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, IDLE_MS);
  }

  return { type, stop };
}
