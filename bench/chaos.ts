import { cp } from "node:fs/promises";
import { parseArgs } from "node:util";
import { ensureBuild } from "#lib/runtime/next-build.ts";
import { type ChaosResult, isClean, runChaos } from "./chaos/run-chaos.ts";

/**
 * `npm run chaos`: customers and a business write to each other while parts of the product are killed
 * and the gateway misbehaves; then what the phones show is compared with what the inbox shows.
 *
 *   npm run chaos -- --messages 2000 --chats 40 --seconds 120 --seed 7
 */
const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "2000" },
    chats: { type: "string", default: "40" },
    seconds: { type: "string", default: "120" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    /** Without the faults that take minutes to heal. */
    quick: { type: "boolean", default: false },
    /** Keeps the data folder (database, logs) here for a look at what went wrong. */
    keep: { type: "string" },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);
await ensureBuild();
const { keep } = values;
const result = await runChaos(
  {
    seed,
    messages: Number(values.messages),
    chats: Number(values.chats),
    durationMs: Number(values.seconds) * 1000,
    withSlowFaults: !values.quick,
    quietMs: 10 * 60_000,
    ...(keep && { beforeStop: ({ dataDir }) => cp(`${dataDir}/logs`, keep, { recursive: true }) }),
  },
  (line) => console.log(line),
);
report(result);
process.exitCode = isClean(result) && Object.keys(result.unrest).length === 0 ? 0 : 1;

function report({ faults, told, seen, damage, unrest, seconds, examples }: ChaosResult) {
  console.table({ ...faults });
  console.table({
    seed: String(seed),
    "from customers": seen.customers,
    "from the business": seen.business,
    "unconfirmed (told)": told.unconfirmed,
    "failed (told)": told.failed,
    ...told.reasons,
    ...Object.fromEntries(Object.entries(damage.kills).map(([part, n]) => [`kill -9 ${part}`, n])),
    "gateway faults": damage.faults,
    "lines cut": damage.cuts,
    "storm, s": seconds.storm,
    "until quiet, s": seconds.quiet,
  });
  if (Object.keys(unrest).length > 0) console.log("not quiet:", unrest);
  for (const example of examples) console.log(`  ${example}`);
}
