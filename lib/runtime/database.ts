import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import {
  connectionUrl,
  DATABASE_NAME,
  ensureDatabase,
  type PostgresOptions,
  type RunningPostgres,
  startPostgres,
} from "./postgres.ts";
import { StartProblem } from "./progress.ts";
import type { RunningPart } from "./supervisor.ts";

const OLDEST_VERSION = 15;

/** The embedded server as a part of the product: always on the port it had first. */
export class EmbeddedDatabase {
  readonly #options: PostgresOptions;
  readonly #portFile: string;
  #port: number | undefined;
  #first: RunningPostgres | undefined;

  constructor(dataDir: string, password: string) {
    this.#portFile = path.join(dataDir, "postgres.port");
    this.#options = {
      dataDir: path.join(dataDir, "postgres"),
      logFile: path.join(dataDir, "logs", "postgres.log"),
      password,
    };
  }

  /** Chooses the port, and keeps it: the other parts have it in their environment from now on. */
  async open(): Promise<string> {
    const wanted = Number(await readFile(this.#portFile, "utf8").catch(() => "")) || undefined;
    this.#first = await startPostgres({ ...this.#options, port: wanted });
    this.#port = this.#first.port;
    await writeFile(this.#portFile, String(this.#port));
    await ensureDatabase(this.#first, DATABASE_NAME).catch((error: unknown) => this.#explainRefusal(error));
    return connectionUrl(this.#port, this.#options.password, DATABASE_NAME);
  }

  /** The first call hands over the server that `open` started. */
  async start(): Promise<RunningPart> {
    const server = this.#first ?? (await startPostgres({ ...this.#options, port: this.#port }));
    this.#first = undefined;
    if (server.port !== this.#port) {
      await server.stop();
      throw new Error(`its port ${this.#port} is taken`);
    }
    return {
      pid: server.pid,
      ready: Promise.resolve(),
      exited: server.exited.then(() => "unexpectedly"),
      stop: server.stop,
    };
  }

  /** For a launch that fails before the server is anybody's part. */
  async close(): Promise<void> {
    await this.#first?.stop();
    this.#first = undefined;
  }

  #explainRefusal(error: unknown): never {
    if (error instanceof Error && /password authentication failed/.test(error.message)) {
      throw new StartProblem(
        `${this.#options.dataDir} was made with another password than the one in secrets.json. Restore that file from a backup.`,
      );
    }
    throw error;
  }
}

/** One clear line when the server of DATABASE_URL is not there, refuses us or is too old. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  } catch {
    throw new StartProblem(
      "DATABASE_URL is not a database address. It looks like postgresql://user:password@host:5432/name",
    );
  }
  const place = `${client.host}:${client.port}`;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int / 10000 as version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST_VERSION) {
      throw new StartProblem(
        `The database at ${place} is PostgreSQL ${version}; ${OLDEST_VERSION} is the oldest that works.`,
      );
    }
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const reason =
      error instanceof Error
        ? error.message || String("code" in error ? error.code : error.name)
        : String(error);
    throw new StartProblem(
      `The database at ${place} (DATABASE_URL) is not reachable: ${reason}. Start it, or unset DATABASE_URL to use the built-in one.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
