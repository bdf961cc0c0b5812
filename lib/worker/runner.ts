import type { JobWithMetadata, PgBoss } from "pg-boss";
import { drainSpool } from "#lib/domain/inbound-events/spool.ts";
import { logger } from "#lib/kernel/logger.ts";
import { startWorkingQueue } from "#lib/queue/boss.ts";
import { JOB_NAMES, JOBS, type JobName, SCHEDULES, type ScheduleName } from "#lib/queue/catalog.ts";
import { startEventRelay } from "./event-relay.ts";
import { checkChannelsForAMinute } from "./schedules/check-channels.ts";
import { probeChannels } from "./schedules/probe-channels.ts";
import { purgeEventsRound } from "./schedules/purge-events.ts";
import { purgeUploads } from "./schedules/purge-uploads.ts";
import { reconcileChannels } from "./schedules/reconcile-channels.ts";
import { settleJob } from "./settle-job.ts";

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

const ROUNDS: Record<ScheduleName, () => Promise<void>> = {
  "check-channels": checkChannelsForAMinute,
  "reconcile-channels": reconcileChannels,
  "probe-channels": probeChannels,
  "purge-events": purgeEventsRound,
  "purge-uploads": purgeUploads,
};

/**
 * Each handler asks for the next fetch before it begins: the job it works may be all that holds back
 * the next one of its key, and the queue tells nobody when a job is done.
 */
async function workOn<N extends JobName>(boss: PgBoss, name: N): Promise<void> {
  const { workers, batch } = JOBS[name].concurrency;
  for (let worker = 0; worker < workers; worker++) {
    const id: string = await boss.work(
      name,
      {
        batchSize: batch,
        perJobResults: true,
        includeMetadata: true,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 2,
      },
      (jobs: JobWithMetadata<unknown>[]) => {
        boss.notifyWorker(id);
        return Promise.all(jobs.map((job) => settleJob(name, job)));
      },
    );
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
