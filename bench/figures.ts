/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

export function spread(ms: readonly number[]): string {
  const at = (share: number) => percentile(ms, share).toFixed(1);
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms (${ms.length} samples)`;
}

/** A figure beside its bar, and whether it is met. */
export function verdict(what: string, value: number, bar: { atLeast: number } | { atMost: number }): string {
  const met = "atLeast" in bar ? value >= bar.atLeast : value <= bar.atMost;
  const limit = "atLeast" in bar ? `>= ${bar.atLeast}` : `<= ${bar.atMost}`;
  return `${met ? "met   " : "MISSED"}  ${what}: ${value.toFixed(2)} (bar ${limit})`;
}
