import type { JobResult, JobWithMetadata } from "pg-boss";
import { systemContext } from "#lib/auth/system-context.ts";
import { isDatabaseDown } from "#lib/db/client.ts";
import { toErrorCode } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import { jobs as jobSeconds } from "#lib/kernel/metrics.ts";
import { JOBS, type JobName, type JobPayload } from "#lib/queue/catalog.ts";
import { TASKS } from "./task-list.ts";

/** Works one job of a batch and says how it ended; one that fails leaves the others alone. */
export async function settleJob<N extends JobName>(
  name: N,
  job: JobWithMetadata<unknown>,
): Promise<JobResult> {
  const started = performance.now();
  let outcome = "done";
  try {
    outcome = await work(name, job);
  } catch (error) {
    outcome = "failed";
    logger.error(
      { job: name, jobId: job.id, tries: job.retryCount + 1, code: toErrorCode(error), err: error },
      "job failed",
    );
  }
  const seconds = (performance.now() - started) / 1000;
  jobSeconds.observe({ job: name, outcome }, seconds);
  logger.debug({ job: name, jobId: job.id, outcome, ms: Math.round(seconds * 1000), data: job.data }, "job");
  return { id: job.id, status: outcome === "done" || outcome === "given_up" ? "completed" : "failed" };
}

async function work<N extends JobName>(name: N, job: JobWithMetadata<unknown>): Promise<string> {
  const task: (typeof TASKS)[N] = TASKS[name];
  const payload = JOBS[name].payload.parse(job.data) as JobPayload<N>;
  const ctx = systemContext(payload.tenantId);
  const lastTry = job.retryCount + 1 >= task.triesMax;
  try {
    const result = await task.run(ctx, payload);
    if (result === "done" || !lastTry) return result;
    await task.giveUp(ctx, payload, undefined);
    return "given_up";
  } catch (error) {
    // A database that is away is nobody's fault: the job waits for it, however long.
    if (!lastTry || isDatabaseDown(error)) throw error;
    logger.error({ job: name, jobId: job.id, code: toErrorCode(error), err: error }, "job given up");
    await task.giveUp(ctx, payload, error);
    return "given_up";
  }
}
