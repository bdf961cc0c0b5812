import { fromPrisma } from "pg-boss";
import { actAsSystem, type Db, tenantTransaction } from "#lib/db/client.ts";
import type { ApiKeyId, MemberId, TenantId, UserId } from "#lib/kernel/ids.ts";
import { newId } from "#lib/kernel/ids.ts";
import { queue } from "#lib/queue/boss.ts";
import type { JobName, JobPayload } from "#lib/queue/catalog.ts";
import { newJobId } from "#lib/queue/job-id.ts";
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
  readonly jobs: PendingJob[];
  readonly events: DomainEventPayload[];
};

/** Runs `work` as the tenant; its rows, jobs and events commit together or not at all. */
export async function inTransaction<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Before the transaction: starting the queue's sending end reads the database.
  const boss = await queue();
  const { result, told } = await tenantTransaction(ctx.tenantId, async (db) => {
    const tx: Tx = { ...ctx, db, jobs: [], events: [] };
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
  for (const job of jobs) {
    const list = byName.get(job.name) ?? [];
    list.push({ id: newJobId(), data: job.payload, singletonKey: job.key, startAfter: job.startAfterS });
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
