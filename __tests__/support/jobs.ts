import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { queue } from "#lib/queue/boss.ts";
import { JOB_NAMES, JOBS, type JobName } from "#lib/queue/catalog.ts";
import { settleJob } from "#lib/worker/settle-job.ts";

/** Works every job that could run now, in the order the queue gives them, until none is left. */
export async function drainJobs(...names: JobName[]): Promise<void> {
  const boss = await queue();
  for (let worked = true; worked; ) {
    worked = false;
    for (const name of names.length > 0 ? names : JOB_NAMES) {
      const jobs = await boss.fetch(name, { batchSize: 20, includeMetadata: true });
      for (const job of jobs) {
        worked = true;
        const { status } = await settleJob(name, job);
        if (status === "completed") await boss.complete(name, job.id);
        else await boss.fail(name, job.id);
      }
    }
  }
}

/** The payloads waiting in a queue, retries included. */
export async function queuedJobs<N extends JobName>(name: N): Promise<unknown[]> {
  const boss = await queue();
  const jobs = await boss.findJobs(name, { queued: true });
  return jobs.map(({ data }) => JOBS[name].payload.parse(data));
}

/** The types of the domain events a tenant has, oldest first. */
export async function eventTypes(ctx: Ctx): Promise<string[]> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.domainEvent.findMany({ orderBy: { id: "asc" } }),
  );
  return rows.map(({ type }) => type);
}
