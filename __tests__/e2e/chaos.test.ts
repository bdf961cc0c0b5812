import { expect, test } from "vitest";
import { runChaos } from "#bench/chaos/run-chaos.ts";

/** `npm run chaos` plays this as long and as hard as one likes. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));

test("while parts are killed, no message is lost, doubled or out of order, and every tick is true", async () => {
  const result = await runChaos({
    seed: SEED,
    messages: 150,
    chats: 8,
    durationMs: 24_000,
    withSlowFaults: false,
    quietMs: 100_000,
    // No call of the practice gateway takes longer than its slowness, of 1.5 s at most.
    env: { GATEWAY_CALL_SECONDS: "10" },
  });
  const noneOf = Object.fromEntries(Object.keys(result.faults).map((fault) => [fault, 0]));
  expect(result.unrest, `seed ${SEED}`).toEqual({});
  expect(result.faults, `seed ${SEED}: ${result.examples.join("; ")}`).toEqual(noneOf);
  expect(result.seen, `seed ${SEED}`).toEqual({ customers: 150, business: 150 });
  expect(Object.values(result.damage.kills).reduce((sum, kills) => sum + kills, 0)).toBeGreaterThan(0);
}, 240_000);
