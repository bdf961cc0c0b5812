import { availableParallelism, cpus, getPriority, loadavg } from "node:os";
import { ensurePrismaClient } from "#lib/runtime/prisma-client.ts";

/**
 * `npm run bench -- <name>`: measures the numbers of DESIGN.md section 6, both sides in one run on one
 * machine. Every benchmark has its own database and its own processes and leaves nothing behind.
 * BENCH_PROFILE=<folder> writes a CPU profile of each of the product's processes there.
 */
const BENCHES: Record<string, { what: string; load(): Promise<() => Promise<void>> }> = {
  ingest: {
    what: "webhooks taken in per second, against a bare Node server",
    load: async () => (await import("./ingest.ts")).ingest,
  },
  roundtrip: {
    what: "webhook to bubble in a browser, and POST to gateway",
    load: async () => (await import("./roundtrip.ts")).roundtrip,
  },
  throughput: {
    what: "messages one worker receives and sends per second",
    load: async () => (await import("./throughput.ts")).throughput,
  },
};

const bench = BENCHES[process.argv[2] ?? ""];
if (bench) {
  console.log(`${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Node ${process.version}`);
  // Raised priority and profiling change the figures: whoever reads them has to see it.
  const profiled = process.env.BENCH_PROFILE ? ", profiled" : "";
  console.log(`load before: ${load()}, priority ${getPriority()}${profiled}`);
  // A fresh clone has no database client yet, and the benchmarks import it.
  await ensurePrismaClient();
  const run = await bench.load();
  await run();
  console.log(`load after: ${load()}`);
  process.exit(0);
}
console.log("npm run bench -- <name>, where the name is one of:\n");
for (const [name, { what }] of Object.entries(BENCHES)) console.log(`  ${name.padEnd(12)}${what}`);
process.exit(process.argv[2] ? 1 : 0);

/** Figures taken while others use the machine are worth little: one minute's load, as the kernel says. */
function load(): string {
  return loadavg()[0]?.toFixed(2) ?? "?";
}
