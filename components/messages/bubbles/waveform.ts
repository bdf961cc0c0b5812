/** As many bars as fit in the player. */
export const BARS = 42;

/** Amplitudes 0-100 as that many bars of 0-1, each the loudest of what it stands for; null when silent or unknown. */
export function waveformBars(amplitudes: readonly number[], bars = BARS): number[] | null {
  if (amplitudes.length < 4 || amplitudes.every((value) => value === 0)) return null;
  const loudest = Math.max(...amplitudes);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * amplitudes.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * amplitudes.length) / bars));
    return Math.max(...amplitudes.slice(from, to)) / loudest;
  });
}
