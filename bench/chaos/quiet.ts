import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { untilDone } from "./people.ts";

/** What is still under way, by name; nothing when all is quiet. */
export type Unrest = Record<string, number>;

const JOBS = ["process-inbound-event", "deliver-message", "change-message", "verify-disconnect"];

export async function unrest(databaseUrl: string, phones: ControlClient, instance: string): Promise<Unrest> {
  const { pendingWebhooks, pendingInbound, state } = await phones.instance(instance);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const count = async (text: string, values: unknown[] = []) =>
      Number((await client.query<{ n: string }>(text, values)).rows[0]?.n ?? 0);
    const counts = {
      pendingWebhooks,
      pendingInbound,
      notOpen: state === "open" ? 0 : 1,
      pendingEvents: await count("select count(*) as n from inbound_events where status = 'pending'"),
      waitingMessages: await count(
        "select count(*) as n from messages where status in ('queued', 'sending')",
      ),
      jobs: await count(
        "select count(*) as n from pgboss.job where name = any($1) and state in ('created', 'retry', 'active')",
        [JOBS],
      ),
    };
    return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
  } finally {
    await client.end();
  }
}

/** Waits until nothing is under way, and answers what still was when the time was over. */
export async function untilQuiet(ask: () => Promise<Unrest>, limitMs: number): Promise<Unrest> {
  const limit = Date.now() + limitMs;
  let calm = 0;
  for (;;) {
    const left = await untilDone(ask);
    calm = Object.keys(left).length === 0 ? calm + 1 : 0;
    if (calm >= 4 || Date.now() > limit) return left;
    await delay(500);
  }
}
