import { isDatabaseDown } from "#lib/db/client.ts";
import { systemPool } from "#lib/db/system-pool.ts";
import { sha256 } from "#lib/kernel/crypto.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type ChannelId, type InboundEventId, newId, type TenantId } from "#lib/kernel/ids.ts";
import { insertJobsFrom } from "#lib/queue/insert-jobs.ts";
import { newJobId } from "#lib/queue/job-id.ts";
import { wakeWorkers } from "#lib/queue/wake-workers.ts";
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

/** While one lane waits for its commit the other goes on. A chat keeps to one lane, and so its order. */
type Lane = { waiting: Waiting[]; writing: boolean };
const LANES: [Lane, Lane] = [
  { waiting: [], writing: false },
  { waiting: [], writing: false },
];

/**
 * Stores the delivery and its job, committed when the promise resolves. Deliveries that arrive while a
 * commit is under way share the next one, so the receiver needs far fewer commits than requests. Throws
 * `not_found` when the channel is gone.
 */
export function recordInboundEvent(delivery: Delivery): Promise<Recorded> {
  return new Promise((done, failed) => {
    const lane = laneOf(delivery.chatKey);
    lane.waiting.push({ id: newId("inboundEvent"), hash: sha256(delivery.body), delivery, done, failed });
    if (!lane.writing) void writeAll(lane);
  });
}

function laneOf(chatKey: string): Lane {
  let sum = 0;
  for (let i = 0; i < chatKey.length; i++) sum += chatKey.charCodeAt(i);
  return LANES[sum % 2 === 0 ? 0 : 1];
}

async function writeAll(lane: Lane): Promise<void> {
  lane.writing = true;
  while (lane.waiting.length > 0) await settle(lane.waiting.splice(0, BATCH_MAX));
  lane.writing = false;
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

/** Events and their jobs in one statement, and so in one round trip and one commit. */
const RECORD = `
  with delivery as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[],
                         $9::timestamptz[], $10::uuid[], $11::text[])
      as d (id, tenant_id, channel_id, name, chat_key, body, headers, content_hash, received_at, job_id, job_key)
  ), stored as (
    insert into inbound_events (id, tenant_id, channel_id, name, chat_key, body, headers, content_hash, received_at)
    select id, tenant_id, channel_id, name, chat_key, body, headers, content_hash, received_at from delivery
    on conflict do nothing returning id, tenant_id
  ), source as (
    select job_id, job_key, jsonb_build_object('tenantId', stored.tenant_id, 'inboundEventId', stored.id) as job_data
    from stored join delivery using (id)
  ), queued as (${insertJobsFrom("source", "process-inbound-event")})
  select id from stored`;

async function write(batch: Waiting[]): Promise<Set<string>> {
  const column = <T>(pick: (item: Waiting) => T) => batch.map(pick);
  const { rows } = await systemPool().query<{ id: string }>({
    name: "record-inbound-events",
    text: RECORD,
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
      column(() => newJobId()),
      // One chat's events run one after the other; other chats beside them.
      column(({ delivery }) => processingKey(delivery)),
    ],
  });
  if (rows.length > 0) wakeWorkers("process-inbound-event");
  return new Set(rows.map(({ id }) => id));
}
