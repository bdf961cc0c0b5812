"use client";

import { useEffect, useState } from "react";

/** Seconds left until one may try again; `start` sets it going. */
export function useCountdown() {
  const [until, setUntil] = useState(0);
  const [secondsLeft, setSecondsLeft] = useState(0);

  useEffect(() => {
    if (until === 0) return;
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setSecondsLeft(left);
      if (left === 0) setUntil(0);
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [until]);

  return {
    secondsLeft,
    start: (seconds: number) => {
      setSecondsLeft(seconds);
      setUntil(Date.now() + seconds * 1000);
    },
  };
}
