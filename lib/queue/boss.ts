import pg from "pg";
import { PgBoss } from "pg-boss";
import { env } from "#lib/kernel/env.ts";
import { logger } from "#lib/kernel/logger.ts";
import { JOB_NAMES, JOBS, SCHEDULES } from "./catalog.ts";

/**
 * The queue is pg-boss on the same database: a job sent on a transaction is the transaction's (the
 * outbox), `key_strict_fifo` keeps order per key over retries, and a heartbeat frees the jobs of a
 * killed worker after 10 s.
 */
export const HEARTBEAT_S = 10;

function connect(databaseUrl: string, role: "producer" | "worker"): PgBoss {
  const works = role === "worker";
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `recado-queue-${role}`,
    max: works ? 8 : 2,
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: works,
    useListenNotify: works,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 300,
  });
  boss.on("error", (error) => logger.error({ err: error }, "queue"));
  return boss;
}

let producer: Promise<PgBoss> | undefined;

/** The process's sending end; started at first use, retried when the database was away. */
export function queue(): Promise<PgBoss> {
  producer ??= connect(env().DATABASE_URL, "producer")
    .start()
    .catch((error: unknown) => {
      producer = undefined;
      throw error;
    });
  return producer;
}

export async function closeQueue(): Promise<void> {
  const boss = await producer?.catch(() => undefined);
  producer = undefined;
  await boss?.stop({ graceful: false });
}

/** The working end: started, with supervision; the caller registers the handlers. */
export async function startWorkingQueue(): Promise<PgBoss> {
  return connect(env().DATABASE_URL, "worker").start();
}

/** Creates or updates the queue's schema and queues, and lets recado_system send. Part of migrating. */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 });
  boss.on("error", (error) => logger.error({ err: error }, "queue"));
  await boss.start();
  try {
    for (const name of JOB_NAMES) {
      const job = JOBS[name];
      const options = {
        retryLimit: job.retryLimit,
        retryDelay: job.retryDelayS,
        retryBackoff: true,
        retryDelayMax: 60,
        heartbeatSeconds: HEARTBEAT_S,
        expireInSeconds: 600,
        deleteAfterSeconds: 3600,
        notify: true,
      };
      await boss.createQueue(name, { policy: job.ordered ? "key_strict_fifo" : "standard", ...options });
      await boss.updateQueue(name, options);
    }
    for (const { name, cron } of SCHEDULES) {
      await boss.createQueue(name, {
        policy: "stately",
        retryLimit: 0,
        heartbeatSeconds: HEARTBEAT_S,
        deleteAfterSeconds: 600,
      });
      await boss.schedule(name, cron, null, { tz: "UTC" });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await grantToSystemRole(databaseUrl);
}

async function grantToSystemRole(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`
      GRANT USAGE ON SCHEMA pgboss TO recado_system;
      GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA pgboss TO recado_system;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO recado_system;`);
  } finally {
    await client.end();
  }
}
