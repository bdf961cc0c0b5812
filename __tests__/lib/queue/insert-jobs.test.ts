import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { databaseUrl } from "#__tests__/support/database.ts";
import { closeQueue, queue } from "#lib/queue/boss.ts";
import { insertJobsFrom } from "#lib/queue/insert-jobs.ts";
import { newJobId } from "#lib/queue/job-id.ts";
import { wakeWorkers } from "#lib/queue/wake-workers.ts";

const NAME = "process-inbound-event";
const client = new pg.Client({ connectionString: databaseUrl });
await client.connect();

afterAll(async () => {
  await client.end();
  await closeQueue();
});

test("a job queued by our statement is the row pg-boss would have written", async () => {
  const [ours, theirs] = [newJobId(), newJobId()];
  const data = { some: "thing" };
  await client.query("begin");
  await client.query(
    `with source as (select $1::uuid as job_id, 'key'::text as job_key, $2::jsonb as job_data) ${insertJobsFrom("source", NAME)}`,
    [ours, data],
  );
  const boss = await queue();
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  await boss.insert(NAME, [{ id: theirs, data, singletonKey: "key" }], { db });
  const { rows } = await client.query("select * from pgboss.job where id = any($1) order by id = $2", [
    [ours, theirs],
    theirs,
  ]);
  await client.query("rollback");
  const [first, second] = rows;
  expect(first).toEqual({ ...second, id: ours });
});

test("workers that listen hear of it, with the name of the queue", async () => {
  const boss = await queue();
  const channels = await client.query(
    "select 'pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24) as channel",
  );
  await client.query(`listen ${client.escapeIdentifier(channels.rows[0].channel)}`);
  const heard = () =>
    new Promise((resolve) => client.once("notification", ({ payload }) => resolve(payload)));
  // First as pg-boss itself says it, so that a changed channel name shows here.
  const theirs = heard();
  await boss.send(NAME, {}, { singletonKey: "key" });
  expect(await theirs).toBe(NAME);
  const ours = heard();
  wakeWorkers(NAME);
  expect(await ours).toBe(NAME);
});
