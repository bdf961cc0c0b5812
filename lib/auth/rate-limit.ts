import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { databasePool } from "#lib/db/client.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Attempts per window of seconds. Counted in the database, so that any number of web processes agree. */
const LIMITS = {
  "log-in": () => ({ points: 8, duration: 300 }),
  "log-in-address": () => ({ points: 60, duration: 300 }),
  register: () => ({ points: env().REGISTRATIONS_PER_HOUR, duration: 3600 }),
  "change-password": () => ({ points: 8, duration: 300 }),
  "api-key": () => ({ points: 1200, duration: 60 }),
} as const;

export type RateLimit = keyof typeof LIMITS;

const limiters = new Map<RateLimit, RateLimiterPostgres>();

function limiter(name: RateLimit): RateLimiterPostgres {
  let found = limiters.get(name);
  if (!found) {
    found = new RateLimiterPostgres({
      storeClient: databasePool(),
      storeType: "pool",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: name,
      ...LIMITS[name](),
    });
    limiters.set(name, found);
  }
  return found;
}

/** Counts one attempt; over the limit throws `rate_limited` with the seconds to wait. */
export async function limitRate(name: RateLimit, key: string): Promise<void> {
  try {
    await limiter(name).consume(key.slice(0, 200));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", { retryAfterS: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
  }
}
