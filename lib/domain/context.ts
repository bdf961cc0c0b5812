import { fromPrisma } from "pg-boss";
import { actAsSystem, type Db, tenantTransaction } from "#lib/db/client.ts";
import type { ApiKeyId, MemberId, TenantId, UserId } from "#lib/kernel/ids.ts";
import { newId } from "#lib/kernel/ids.ts";
import { queue } from "#lib/queue/boss.ts";
import type { JobName, JobPayload } from "#lib/queue/catalog.ts";
import { orderedJobIds } from "#lib/queue/job-ids.ts";
import type { DomainEventPayload } from "./events/catalog.ts";
import { wakeRelay } from "./events/wake-relay.ts";

/** Who acts. `system` is the worker on behalf of the tenant. */
export type Role = "owner" | "admin" | "agent";
export type Actor =
  | { kind: "member"; memberId: MemberId; userId: UserId; role: Role; name: string }
  | { kind: "api_key"; apiKeyId: ApiKeyId; name: string; role: Role }
  | { kind: "system" };

/** Proof of scope: minted only in lib/auth (and by registration, which creates the tenant). */
export type Ctx = { readonly tenantId: TenantId; readonly actor: Actor };

type PendingJob = { name: JobName; payload: object; key: string; startAfterS: number };

/** One transaction of one tenant. Jobs and events gather here and are written last, with it. */
export type Tx = Ctx & {
  readonly db: Db;
  /** True when no other transaction of the tenant reads or changes who is who (contacts/contacts-lock.ts). */
  readonly aloneWithContacts: boolean;
  readonly jobs: PendingJob[];
  readonly events: DomainEventPayload[];
};

/** Thrown inside a transaction that found contacts to merge: it begins anew, alone with the contacts. */
export class MustBeAloneWithContacts extends Error {}

/**
 * Runs `work` as the tenant; its rows, jobs and events commit together or not at all. `work` may be run
 * twice (see MustBeAloneWithContacts): what it does outside the database must not add up.
 */
export async function inTransaction<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await runTransaction(ctx, work, false);
  } catch (error) {
    if (!(error instanceof MustBeAloneWithContacts)) throw error;
    return runTransaction(ctx, work, true);
  }
}

/** The advisory lock on who is who in a tenant: shared by who looks people up, exclusive for a merge. */
export function contactsLockName(tenantId: TenantId): string {
  return `contacts:${tenantId}`;
}

async function runTransaction<T>(
  ctx: Ctx,
  work: (tx: Tx) => Promise<T>,
  aloneWithContacts: boolean,
): Promise<T> {
  // Before the transaction: starting the queue's sending end reads the database.
  const boss = await queue();
  const { result, told } = await tenantTransaction(ctx.tenantId, async (db) => {
    if (aloneWithContacts) {
      // Before any other lock, so that whoever holds a conversation never waits for this one in a circle.
      await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${contactsLockName(ctx.tenantId)}, 0))`;
    }
    const tx: Tx = { ...ctx, db, aloneWithContacts, jobs: [], events: [] };
    const result = await work(tx);
    if (tx.events.length > 0) {
      await db.domainEvent.createMany({
        data: tx.events.map(({ type, ...payload }) => ({ id: newId("domainEvent"), type, payload })),
      });
    }
    if (tx.jobs.length > 0) {
      await actAsSystem(db);
      for (const [name, jobs] of groupByName(tx.jobs)) {
        await boss.insert(name, jobs, { db: fromPrisma(db), returnId: false });
      }
    }
    return { result, told: tx.events.length > 0 };
  });
  if (told) wakeRelay();
  return result;
}

function groupByName(jobs: readonly PendingJob[]) {
  const byName = new Map<JobName, { id: string; data: object; singletonKey: string; startAfter: number }[]>();
  const ids = orderedJobIds(jobs.length);
  for (const [index, job] of jobs.entries()) {
    const list = byName.get(job.name) ?? [];
    const id = ids[index] ?? "";
    list.push({ id, data: job.payload, singletonKey: job.key, startAfter: job.startAfterS });
    byName.set(job.name, list);
  }
  return byName;
}

/** Queues a job that exists exactly if the transaction commits. `key`: one at a time, in order. */
export function enqueue<N extends JobName>(
  tx: Tx,
  name: N,
  payload: Omit<JobPayload<N>, "tenantId">,
  options: { key: string; startAfterS?: number },
): void {
  tx.jobs.push({
    name,
    payload: { tenantId: tx.tenantId, ...payload },
    key: options.key,
    startAfterS: options.startAfterS ?? 0,
  });
}

/** Says what happened; the relay publishes it after the commit, in order. */
export function emit(tx: Tx, event: DomainEventPayload): void {
  tx.events.push(event);
}

export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "member":
      return actor.memberId;
    case "api_key":
      return actor.apiKeyId;
    case "system":
      return null;
  }
}
