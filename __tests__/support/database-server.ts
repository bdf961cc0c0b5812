import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { MIGRATIONS_DIR } from "#lib/db/schema-engine.ts";
import { ensureDatabase, type RunningPostgres, startPostgres } from "#lib/runtime/postgres.ts";
import { lazyService } from "./lazy-service.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseServer: string;
  }
}

/**
 * One PostgreSQL for a whole run, started when the first test file asks for a database, so that a run
 * of pure tests does not pay for it. Every answer is the URL of a fresh clone of the migrated template.
 */
export default async function setup(project: TestProject) {
  const service = await lazyService({
    start: startTestServer,
    answer: cloneTemplate,
    stop: (server) => server.stop(),
  });
  project.provide("databaseServer", service.url);
  return service.close;
}

type TestServer = { postgres: RunningPostgres; template: string; stop(): Promise<void> };

async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "recado-test-"));
  const postgres = await startPostgres({
    dataDir: path.join(folder, "postgres"),
    logFile: path.join(folder, "postgres.log"),
    password: "recado",
    // Nothing here outlives the run, so nothing waits for the disk.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const template = `recado_template_${await migrationsHash()}`;
    await ensureDatabase(postgres, template);
    // Loaded only now: a run of pure tests needs none of it.
    const { migrateDatabase } = await import("#lib/runtime/migrations.ts");
    await migrateDatabase(postgres.url(template));
    await sealTemplate(postgres, template);
    return { postgres, template, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nobody may connect from here on, so that it can always be copied; who has not quite left is waited for. */
async function sealTemplate(postgres: RunningPostgres, template: string) {
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  await client.connect();
  try {
    await client.query(`alter database ${client.escapeIdentifier(template)} allow_connections false`);
    const sessions = "select count(*)::int as n from pg_stat_activity where datname = $1";
    while ((await client.query(sessions, [template])).rows[0]?.n !== 0) await delay(10);
  } finally {
    await client.end();
  }
}

async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(MIGRATIONS_DIR, { recursive: true })).sort()) {
    if (name.endsWith(".sql")) hash.update(name).update(await readFile(path.join(MIGRATIONS_DIR, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

let clones = 0;

async function cloneTemplate({ postgres, template }: TestServer, asker: string): Promise<string> {
  clones += 1;
  const name = `test_${clones}_${asker.replace(/[^a-z0-9]+/gi, "_").slice(-40)}`.toLowerCase();
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  await client.connect();
  try {
    const [id, from] = [client.escapeIdentifier(name), client.escapeIdentifier(template)];
    await client.query(`create database ${id} template ${from} strategy file_copy`);
  } finally {
    await client.end();
  }
  return postgres.url(name);
}
