/** The time as this server sees it; tests give one they can move. */
export type Clock = {
  now(): number;
  /** Runs again and again until the returned function is called. */
  every(intervalMs: number, run: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs);
    return () => clearInterval(timer);
  },
};
