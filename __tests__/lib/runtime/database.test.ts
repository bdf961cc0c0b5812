import pg from "pg";
import { expect, test } from "vitest";
import { databaseUrl } from "#__tests__/support/database.ts";

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("the database is migrated, queue included, in UTF-8 and sorted by code point", async () => {
  const tables = await rows(
    "select 1 from information_schema.tables where table_name in ('messages', 'tenants')",
  );
  expect(tables).toHaveLength(2);
  expect(await rows("select 1 from information_schema.schemata where schema_name = 'pgboss'")).toHaveLength(
    1,
  );
  expect(
    await rows(
      "select pg_encoding_to_char(encoding) as e, datcollate as c from pg_database where datname = current_database()",
    ),
  ).toEqual([{ e: "UTF8", c: "C.UTF-8" }]);
});

test("the database listens on loopback only and asks for the password", async () => {
  expect(await rows("show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const stranger = new pg.Client({ connectionString: databaseUrl.replace(/:[^:@]+@/, ":wrong@") });
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
});
