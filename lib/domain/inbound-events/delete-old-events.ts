import { fromUUID } from "typeid-js";
import { type Db, systemTransaction } from "#lib/db/client.ts";
import { asId, type TenantId } from "#lib/kernel/ids.ts";

const BATCH = 2_000;
const DAY_MS = 86_400_000;
const PUBLISHED_DAYS = 3;
const IDEMPOTENCY_DAYS = 2;
const HELD_DAYS = 30;

export type Purged = {
  inboundEvents: number;
  domainEvents: number;
  idempotencyKeys: number;
  heldEvents: number;
};

/** Deletes what is past its time, in batches, so that nothing waits long behind it. Safe to repeat. */
export async function purgeEvents(now = new Date()): Promise<Purged> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  let inboundEvents = 0;
  for (const { tenantId, days } of await retentions())
    inboundEvents += await inBatches((db) => deleteInboundEvents(db, tenantId, daysAgo(days)));
  return {
    inboundEvents,
    domainEvents: await inBatches((db) => deletePublished(db, daysAgo(PUBLISHED_DAYS))),
    idempotencyKeys: await inBatches((db) => deleteIdempotencyKeys(db, daysAgo(IDEMPOTENCY_DAYS))),
    heldEvents: await inBatches((db) => deleteHeldEvents(db, daysAgo(HELD_DAYS))),
  };
}

async function retentions(): Promise<{ tenantId: TenantId; days: number }[]> {
  const rows = await systemTransaction((db) =>
    db.tenant.findMany({ select: { id: true, eventRetentionDays: true } }),
  );
  return rows.map((row) => ({ tenantId: asId("tenant", row.id), days: row.eventRetentionDays }));
}

async function inBatches(deleteSome: (db: Db) => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const deleted = await systemTransaction(deleteSome);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}

/** What has not been applied yet may still hold a message: it stays, however old. */
function deleteInboundEvents(db: Db, tenantId: TenantId, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from inbound_events where id in (
      select id from inbound_events
      where tenant_id = ${tenantId} and received_at < ${before} and status <> 'pending'
      order by received_at limit ${BATCH})`;
}

/** Ids sort by the time they were made, so the oldest are found by the primary key. */
function deletePublished(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from domain_events where id in (
      select id from domain_events where id < ${firstIdAt("evt", before)} and published_at < ${before}
      order by id limit ${BATCH})`;
}

function deleteIdempotencyKeys(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from idempotency_keys where (tenant_id, key) in (
      select tenant_id, key from idempotency_keys where created_at < ${before} limit ${BATCH})`;
}

function deleteHeldEvents(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from held_events where id in (
      select id from held_events where id < ${firstIdAt("hev", before)} and created_at < ${before}
      order by id limit ${BATCH})`;
}

/** The smallest id made at that moment: a UUIDv7 begins with its milliseconds. */
function firstIdAt(prefix: string, at: Date): string {
  const ms = at.getTime().toString(16).padStart(12, "0");
  return fromUUID(`${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`, prefix).toString();
}
