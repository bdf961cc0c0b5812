import type { JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { systemContext } from "#lib/auth/system-context.ts";
import { isDatabaseDown } from "#lib/db/client.ts";
import { drainSpool } from "#lib/domain/inbound-events/spool.ts";
import { toErrorCode } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import { jobs as jobSeconds } from "#lib/kernel/metrics.ts";
import { startWorkingQueue } from "#lib/queue/boss.ts";
import {
  JOB_NAMES,
  JOBS,
  type JobName,
  type JobPayload,
  SCHEDULES,
  type ScheduleName,
} from "#lib/queue/catalog.ts";
import { startEventRelay } from "./event-relay.ts";
import { checkChannels } from "./schedules/check-channels.ts";
import { TASKS } from "./task-list.ts";

const SPOOL_MS = 2000;

/** Starts working jobs, relaying events and draining the spool; `stop` waits for what is under way. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const boss = await startWorkingQueue();
  for (const name of JOB_NAMES) await workOn(boss, name);
  for (const { name } of SCHEDULES) await boss.work(name, () => ROUNDS[name]());
  const relay = startEventRelay();
  const spool = startSpoolDrain();
  return {
    async stop() {
      await Promise.all([boss.stop({ graceful: true, timeout: 8000 }), relay.stop(), spool.stop()]);
    },
  };
}

const ROUNDS: Record<ScheduleName, () => Promise<void>> = { "check-channels": checkChannels };

async function workOn<N extends JobName>(boss: PgBoss, name: N): Promise<void> {
  const { workers, batch } = JOBS[name].concurrency;
  await boss.work(
    name,
    {
      batchSize: batch,
      localConcurrency: workers,
      perJobResults: true,
      includeMetadata: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 2,
    },
    (batchOfJobs: JobWithMetadata<unknown>[]) => Promise.all(batchOfJobs.map((job) => settle(name, job))),
  );
}

/** Works one job of a batch; one that fails leaves the others alone. */
async function settle<N extends JobName>(name: N, job: JobWithMetadata<unknown>): Promise<JobResult> {
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

function startSpoolDrain(): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (stopped) return;
      await drainSpool().catch((error: unknown) =>
        logger.debug({ err: error }, "spool waits for the database"),
      );
    });
  }, SPOOL_MS);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
