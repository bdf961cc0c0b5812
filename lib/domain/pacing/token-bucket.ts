/** A budget that refills by itself: at most `burst + perMs * t` are taken in any stretch of time t. */
export type Bucket = { tokens: number; atMs: number };
export type BucketSize = { burst: number; perMs: number };

/** Tokens are fractions of a sum; this much missing is rounding. */
const ROUNDING = 1e-6;

/** A new bucket is full. A clock that goes back adds nothing, and nothing twice when it returns. */
export function refill(bucket: Bucket | null, size: BucketSize, nowMs: number): Bucket {
  if (!bucket) return { tokens: size.burst, atMs: nowMs };
  const passed = Math.max(0, nowMs - bucket.atMs);
  return {
    tokens: Math.min(size.burst, bucket.tokens + passed * size.perMs),
    atMs: Math.max(bucket.atMs, nowMs),
  };
}

/** The refilled bucket without one token; null when there is none beyond the `reserve`. */
export function takeToken(bucket: Bucket, reserve = 0): Bucket | null {
  if (bucket.tokens + ROUNDING < reserve + 1) return null;
  return { ...bucket, tokens: Math.max(0, bucket.tokens - 1) };
}

/** How long until `takeToken` succeeds if nobody takes before. */
export function msUntilToken(bucket: Bucket, size: BucketSize, reserve = 0): number {
  return Math.max(0, reserve + 1 - bucket.tokens) / size.perMs;
}
