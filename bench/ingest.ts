import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { freePort } from "#lib/runtime/ports.ts";
import { DATABASE_NAME } from "#lib/runtime/postgres.ts";
import { fromRoot } from "#lib/runtime/project.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { median, percentile, verdict } from "./figures.ts";
import type { Load, LoadResult } from "./load-generator.ts";
import { onStage, type Stage } from "./stage.ts";
import { type Target, webhookOf } from "./webhooks.ts";

const CONNECTIONS = 32;
const CHATS = 500;
const ROUNDS = 12;
const WARM_UP_MS = 3_000;
const ROUND_MS = 1_500;
/** Connections of the bare server: half of its callers, as many as PostgreSQL could use on a small machine. */
const BARE_POOL = 16;

/**
 * The webhook route of the production build against a bare server on the same database, in turns, so
 * that both see the same machine. The worker does not run: storing is compared, not processing.
 */
export function ingest(): Promise<void> {
  return onStage(async (stage) => {
    const { ctx } = await aTenant();
    const channel = await aChannel(ctx);
    await stage.start("web");
    const bare = await startBareServer(stage, channel);
    const generator = fork(fromRoot("bench/load-generator.ts"), { serialization: "advanced" });
    try {
      await assertDurable(stage);
      await compare(stage, generator, webhookOf(stage.webUrl, channel), bare.target);
    } finally {
      generator.kill();
      bare.process.kill();
    }
  });
}

async function compare(stage: Stage, generator: ChildProcess, ours: Target, bare: Target): Promise<void> {
  const run = (target: Target, durationMs: number) =>
    loadRound(generator, { ...target, durationMs, connections: CONNECTIONS, chats: CHATS });
  let expected = 0;
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const durationMs = round === 0 ? WARM_UP_MS : ROUND_MS;
    // Who goes first changes, so that neither always has the fuller tables.
    const results = new Map<Target, LoadResult>();
    for (const target of round % 2 === 0 ? [ours, bare] : [bare, ours])
      results.set(target, await run(target, durationMs));
    const [a, b] = [results.get(ours), results.get(bare)];
    if (!a || !b) throw new Error("a round has no result");
    if (a.failures + b.failures > 0) throw new Error(`${a.failures} and ${b.failures} requests failed`);
    expected += a.requests + b.requests;
    if (round > 0) ratios.push(rate(a) / rate(b));
    const label = round === 0 ? "warm-up" : `round ${round}`;
    console.log(
      `${label.padEnd(8)}  Recado ${describe(a)}   bare ${describe(b)}   ratio ${(rate(a) / rate(b)).toFixed(2)}`,
    );
  }
  const stored = await stage.count("select count(*) as n from inbound_events");
  const queued = await stage.count(
    "select count(*) as n from pgboss.job where name = 'process-inbound-event'",
  );
  if (stored !== expected || queued !== expected)
    throw new Error(`${expected} were answered, ${stored} are stored and ${queued} queued`);
  console.log(`all ${expected} are stored and queued`);
  console.log(verdict("ingest ratio, median of the rounds", median(ratios), { atLeast: 1.2 }));
}

const rate = ({ requests, seconds }: LoadResult) => requests / seconds;

function describe(result: LoadResult): string {
  const at = (share: number) => percentile(result.latenciesMs, share).toFixed(1);
  return `${rate(result).toFixed(0).padStart(5)}/s (p50 ${at(0.5)} ms, p99 ${at(0.99)} ms)`;
}

async function loadRound(generator: ChildProcess, load: Load): Promise<LoadResult> {
  generator.send(load);
  const [result] = await once(generator, "message");
  return result;
}

async function startBareServer(stage: Stage, channel: Channel) {
  const port = await freePort();
  const args = [
    stage.postgres.url(DATABASE_NAME),
    String(port),
    String(BARE_POOL),
    channel.tenantId,
    channel.id,
  ];
  const child = fork(fromRoot("bench/bare-server.ts"), args);
  await once(child, "message");
  return {
    process: child,
    target: { ...webhookOf(stage.webUrl, channel), url: `http://127.0.0.1:${port}/` },
  };
}

async function assertDurable(stage: Stage): Promise<void> {
  const on = await stage.count(
    "select count(*) as n from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'on'",
  );
  if (on !== 3) throw new Error("the database is not durable: the comparison would mean nothing");
}
