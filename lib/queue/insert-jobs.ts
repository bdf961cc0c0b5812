import type { JobName } from "./catalog.ts";

/**
 * SQL that queues jobs as part of a larger statement, for the one path where a round trip more would
 * count; everybody else uses `enqueue`. `source` names a relation of that statement with the columns
 * job_id, job_key and job_data. Says the same as pg-boss's own insert (held by test), but without its
 * NOTIFY, because that makes commits wait for one another: call `wakeWorkers` after the commit.
 */
export function insertJobsFrom(source: string, name: JobName): string {
  return `
    insert into pgboss.job (id, name, data, singleton_key, start_after, created_on, keep_until, policy, dead_letter,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds)
    select job_id, q.name, job_data, job_key, now(), now(), now() + q.retention_seconds * interval '1s', q.policy, q.dead_letter,
      q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.expire_seconds, q.deletion_seconds, q.heartbeat_seconds
    from ${source} join pgboss.queue q on q.name = '${name}'`;
}
