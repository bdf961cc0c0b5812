/** One code lives 45 s (evolution CONTRACT section 4). */
export const QR_LIFETIME_MS = 45_000;
const LONGEST_MS = 90_000;

/**
 * When the code ends, on this machine's clock. The server's time is taken as it is unless the two
 * clocks plainly disagree; then the code counts as fresh from the moment it was first seen.
 */
export function localExpiry(expiresAt: string, firstSeenAt: number): number {
  const told = Date.parse(expiresAt);
  const ahead = told - firstSeenAt;
  return ahead > 0 && ahead <= LONGEST_MS ? told : firstSeenAt + QR_LIFETIME_MS;
}

export type Countdown = {
  seconds: number;
  /** 1 when fresh, 0 at the end. */
  share: number;
  ended: boolean;
};

export function countdownAt(expiry: number, now: number): Countdown {
  const left = Math.max(0, expiry - now);
  return { seconds: Math.ceil(left / 1000), share: Math.min(1, left / QR_LIFETIME_MS), ended: left === 0 };
}
