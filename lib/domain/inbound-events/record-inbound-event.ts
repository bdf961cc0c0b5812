import type pg from "pg";
import { isDatabaseDown } from "#lib/db/client.ts";
import { systemPool } from "#lib/db/system-pool.ts";
import { sha256 } from "#lib/kernel/crypto.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type ChannelId, type InboundEventId, newId, type TenantId } from "#lib/kernel/ids.ts";
import { queue } from "#lib/queue/boss.ts";
import { orderedJobIds } from "#lib/queue/job-ids.ts";
import { processingKey } from "./processing-key.ts";

/** A webhook that proved where it comes from, not yet understood. */
export type Delivery = {
  tenantId: TenantId;
  channelId: ChannelId;
  name: string;
  chatKey: string;
  body: string;
  headers: Record<string, string>;
  receivedAt: Date;
};

/** `duplicate`: the same bytes came before, and were kept then. */
export type Recorded = "stored" | "duplicate";

type Waiting = {
  id: InboundEventId;
  hash: string;
  delivery: Delivery;
  done(result: Recorded): void;
  failed(error: unknown): void;
};

/** Rows in one statement: beyond this a batch gets slower for those who came first. */
const BATCH_MAX = 200;

let waiting: Waiting[] = [];
let writing = false;

/**
 * Stores the delivery and its job, committed when the promise resolves. Deliveries that arrive while a
 * commit is under way share the next one, so the receiver needs far fewer commits than requests. Throws
 * `not_found` when the channel is gone.
 */
export function recordInboundEvent(delivery: Delivery): Promise<Recorded> {
  return new Promise((done, failed) => {
    waiting.push({ id: newId("inboundEvent"), hash: sha256(delivery.body), delivery, done, failed });
    if (!writing) void writeAll();
  });
}

async function writeAll(): Promise<void> {
  writing = true;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, BATCH_MAX);
    waiting = waiting.slice(BATCH_MAX);
    await settle(batch);
  }
  writing = false;
}

/** One delivery that the database will not have must not take the others of its batch with it. */
async function settle(batch: Waiting[]): Promise<void> {
  try {
    const stored = await write(batch);
    for (const item of batch) item.done(stored.has(item.id) ? "stored" : "duplicate");
  } catch (error) {
    if (batch.length > 1 && !isDatabaseDown(error)) for (const item of batch) await settle([item]);
    else for (const item of batch) item.failed(isChannelGone(error) ? new AppError("not_found") : error);
  }
}

const FOREIGN_KEY_VIOLATION = "23503";

function isChannelGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === FOREIGN_KEY_VIOLATION;
}

async function write(batch: Waiting[]): Promise<Set<string>> {
  const boss = await queue();
  const client = await systemPool().connect();
  try {
    await client.query("begin");
    const stored = await insertEvents(client, batch);
    const fresh = batch.filter(({ id }) => stored.has(id));
    const jobIds = orderedJobIds(fresh.length);
    const jobs = fresh.map((item, index) => ({ ...jobOf(item), id: jobIds[index] ?? "" }));
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
    if (jobs.length > 0) await boss.insert("process-inbound-event", jobs, { db, returnId: false });
    await client.query("commit");
    client.release();
    return stored;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

function jobOf({ id, delivery }: Waiting) {
  return {
    data: { tenantId: delivery.tenantId, inboundEventId: id },
    singletonKey: processingKey(delivery),
  };
}

async function insertEvents(client: pg.PoolClient, batch: Waiting[]): Promise<Set<string>> {
  const column = <T>(pick: (item: Waiting) => T) => batch.map(pick);
  const { rows } = await client.query<{ id: string }>({
    name: "record-inbound-events",
    text: `insert into inbound_events (id, tenant_id, channel_id, name, chat_key, body, headers, content_hash, received_at)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::timestamptz[])
           on conflict do nothing returning id`,
    values: [
      column(({ id }) => id),
      column(({ delivery }) => delivery.tenantId),
      column(({ delivery }) => delivery.channelId),
      column(({ delivery }) => delivery.name),
      column(({ delivery }) => delivery.chatKey),
      column(({ delivery }) => delivery.body),
      column(({ delivery }) => JSON.stringify(delivery.headers)),
      column(({ hash }) => hash),
      column(({ delivery }) => delivery.receivedAt.toISOString()),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}
