import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase } from "#lib/db/client.ts";
import { closeSystemPool, systemPool } from "#lib/db/system-pool.ts";
import { closeQueue } from "#lib/queue/boss.ts";
import { ensureDataFolder } from "#lib/runtime/data-folder.ts";
import { composeEnvironment } from "#lib/runtime/launch-environment.ts";
import { migrateDatabase } from "#lib/runtime/migrations.ts";
import { ensureBuild } from "#lib/runtime/next-build.ts";
import { startPartProcess } from "#lib/runtime/part-process.ts";
import { freePort } from "#lib/runtime/ports.ts";
import { DATABASE_NAME, ensureDatabase, type RunningPostgres, startPostgres } from "#lib/runtime/postgres.ts";
import { loadSecrets } from "#lib/runtime/secrets.ts";
import type { RunningPart } from "#lib/runtime/supervisor.ts";

const PARTS = ["web", "worker", "realtime", "sandbox"] as const;
type PartName = (typeof PARTS)[number];

/**
 * A product of the benchmark's own: an empty durable database and the production build, with the parts
 * started one by one, each in its own process, so that a benchmark decides what runs beside what.
 * This process shares their environment, so it may call the domain to lay out data.
 */
export class Stage {
  readonly env: NodeJS.ProcessEnv;
  readonly postgres: RunningPostgres;
  readonly #dataDir: string;
  readonly #running = new Map<PartName, RunningPart>();

  private constructor(env: NodeJS.ProcessEnv, postgres: RunningPostgres, dataDir: string) {
    this.env = env;
    this.postgres = postgres;
    this.#dataDir = dataDir;
  }

  static async open(given: Record<string, string> = {}): Promise<Stage> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "recado-bench-"));
    await ensureDataFolder(dataDir);
    const secrets = await loadSecrets(dataDir);
    // The server's own defaults: fsync and synchronous_commit on.
    const postgres = await startPostgres({
      dataDir: path.join(dataDir, "postgres"),
      logFile: path.join(dataDir, "logs", "postgres.log"),
      password: secrets.databasePassword,
    });
    await ensureDatabase(postgres, DATABASE_NAME);
    const ports = { web: await freePort(), realtime: await freePort(), sandbox: await freePort() };
    const env: NodeJS.ProcessEnv = {
      ...composeEnvironment(
        { ...process.env, LOG_LEVEL: "warn" },
        { database: true, realtime: true, sandbox: true },
        secrets,
        { ...ports, databaseUrl: postgres.url(DATABASE_NAME) },
        dataDir,
      ),
      ...given,
      NODE_ENV: "production",
    };
    Object.assign(process.env, env);
    await migrateDatabase(postgres.url(DATABASE_NAME));
    return new Stage(env, postgres, dataDir);
  }

  async start(...names: PartName[]): Promise<void> {
    if (names.includes("web")) await ensureBuild();
    const profiles = this.env.BENCH_PROFILE;
    const logDir = path.join(this.#dataDir, "logs");
    for (const name of names) {
      const nodeFlags = profiles
        ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`]
        : [];
      const part = await startPartProcess({ name, file: `${name}.ts`, env: this.env, nodeFlags, logDir });
      this.#running.set(name, part);
      await part.ready;
    }
  }

  async stop(...names: PartName[]): Promise<void> {
    for (const name of names) {
      await this.#running.get(name)?.stop();
      this.#running.delete(name);
    }
  }

  get webUrl(): string {
    return `http://127.0.0.1:${this.env.PORT}`;
  }

  /** Looks at the database past every policy, to count. */
  async count(text: string, values: unknown[] = []): Promise<number> {
    const { rows } = await systemPool().query<{ n: string }>(text, values);
    return Number(rows[0]?.n ?? 0);
  }

  async close(): Promise<void> {
    await this.stop(...this.#running.keys());
    await Promise.all([closeQueue(), closeDatabase(), closeSystemPool()]);
    await this.postgres.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

/** Opens a stage, and closes it whatever happens. */
export async function onStage(
  work: (stage: Stage) => Promise<void>,
  given: Record<string, string> = {},
): Promise<void> {
  const stage = await Stage.open(given);
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
}
