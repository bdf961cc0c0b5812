import pg from "pg";
import { afterAll } from "vitest";
import { databaseUrl } from "./database.ts";

let client: pg.Client | undefined;

/** Plain SQL past all policies: what is really there. */
export async function sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
  if (!client) {
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
  }
  return (await client.query<R>(text, values)).rows;
}

export async function countOf(table: string, where = "true", values: unknown[] = []): Promise<number> {
  const [row] = await sql<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`, values);
  return row?.n ?? 0;
}

/** Lets jobs that wait for their next try run now: the waiting itself is the queue's own affair. */
export async function skipWaits(): Promise<void> {
  await sql("update pgboss.job set start_after = now() - interval '1 s' where state in ('created', 'retry')");
}

afterAll(async () => {
  await client?.end();
  client = undefined;
});
