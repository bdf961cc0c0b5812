import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bucket, msUntilToken, refill, takeToken } from "#lib/domain/pacing/token-bucket.ts";

const sizes = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  perMs: fc.integer({ min: 1, max: 600 }).map((perMinute) => perMinute / 60_000),
});

test("in no stretch of time are more taken than the burst and what came in meanwhile", () => {
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.integer({ min: -5_000, max: 20_000 }), { maxLength: 200 }),
      (size, steps) => {
        const taken: number[] = [];
        let [bucket, clock, latest]: [Bucket | null, number, number] = [null, 1_700_000_000_000, 0];
        for (const step of steps) {
          // The clock may go back too.
          clock += step;
          latest = Math.max(latest, clock);
          const filled = refill(bucket, size, clock);
          const left = takeToken(filled);
          bucket = left ?? filled;
          if (left) taken.push(latest);
        }
        for (let from = 0; from < taken.length; from++)
          for (let to = from; to < taken.length; to++) {
            const stretch = (taken[to] ?? 0) - (taken[from] ?? 0);
            expect(to - from + 1).toBeLessThanOrEqual(size.burst + stretch * size.perMs + 1e-3);
          }
      },
    ),
  );
});

test("a token is there when it was promised, and not before", () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
      const bucket = { tokens: share * size.burst, atMs: 0 };
      const wait = msUntilToken(bucket, size);
      expect(takeToken(refill(bucket, size, wait))).not.toBeNull();
      if (wait > 1) expect(takeToken(refill(bucket, size, wait * 0.99 - 0.5))).toBeNull();
    }),
  );
});
