import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureDatabase, type RunningPostgres, startPostgres } from "#lib/runtime/postgres.ts";
import { isAlive } from "#lib/runtime/process-table.ts";

let folder: string;
let running: RunningPostgres | undefined;

// A private folder (mode 700): root's PostgreSQL runs as another user and must get in all the same.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "recado-postgres-"));
});
afterAll(async () => {
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningPostgres> {
  running = await startPostgres({
    dataDir: path.join(folder, "data"),
    logFile: path.join(folder, "postgres.log"),
    password: "p@ss word/1",
    settings: { fsync: "off" },
  });
  return running;
}

async function query(server: RunningPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url("kept") });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("the embedded server keeps its data over a stop, a kill, and a foreign note in postmaster.pid", async () => {
  const first = await start();
  await ensureDatabase(first, "kept");
  await query(first, "create table notes (n int)");
  await query(first, "insert into notes values (1)");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  await query(second, "insert into notes values (2)");
  await query(second, "checkpoint");
  process.kill(second.pid, "SIGKILL");
  await second.exited;
  const pidFile = path.join(folder, "data/postmaster.pid");
  const note = await readFile(pidFile, "utf8");
  await writeFile(pidFile, note.replace(/^\d+/, String(process.pid)));

  const third = await start();
  expect(await query(third, "select n from notes order by n")).toEqual([{ n: 1 }, { n: 2 }]);
});

test("a server that is left over from a killed launcher makes way for the new one", async () => {
  const leftover = running?.pid ?? 0;
  const next = await start();
  expect(isAlive(leftover)).toBe(false);
  expect(await query(next, "select n from notes order by n")).toEqual([{ n: 1 }, { n: 2 }]);
});
