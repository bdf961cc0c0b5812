import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Env } from "#lib/kernel/env.ts";
import { ensureDataFolder } from "./data-folder.ts";
import { checkDatabase, EmbeddedDatabase } from "./database.ts";
import { loadEnvFile } from "./env-file.ts";
import {
  checkEnvironment,
  composeEnvironment,
  DEFAULT_PORTS,
  localUrl,
  ownUrl,
  type Plan,
  planOf,
} from "./launch-environment.ts";
import { type LaunchLock, type LaunchNote, takeLaunchLock } from "./launch-lock.ts";
import { ensureBuild } from "./next-build.ts";
import { startPartProcess } from "./part-process.ts";
import { nextFreePort } from "./ports.ts";
import { ensurePrismaClient } from "./prisma-client.ts";
import { isAlive, workingFolder } from "./process-table.ts";
import { complain, explain, say, step } from "./progress.ts";
import { fromRoot, productVersion, ROOT } from "./project.ts";
import { loadSecrets } from "./secrets.ts";
import { type Supervision, supervise } from "./supervisor.ts";
import { runTool } from "./tool.ts";

const USABLE_TIMEOUT_MS = 60_000;

/** Old space in MB for each part: enough for its work, small enough that idle memory is given back. */
const PARTS = {
  worker: { file: "worker.ts", heapMb: 384 },
  realtime: { file: "realtime.ts", heapMb: 192 },
  sandbox: { file: "sandbox.ts", heapMb: 192 },
  web: { file: "web.ts", heapMb: 512 },
} as const;
type PartName = keyof typeof PARTS;

/** `npm start` and `npm run dev`: from whatever state the folder is in to a product that can be used. */
export async function launch({ dev }: { dev: boolean }): Promise<void> {
  process.title = "recado";
  process.chdir(ROOT);
  const launcher = new Launcher(dev);
  const stopOn = (signal: NodeJS.Signals | "disconnect") =>
    process.on(signal, () => void launcher.end(signal));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) stopOn(signal);
  whenOrphaned(() => void launcher.end("disconnect"));
  try {
    await launcher.run();
  } catch (error) {
    if (launcher.ending) return;
    complain(explain(error));
    await launcher.stopAll();
    process.exit(1);
  }
}

/** A signal for npm ends npm and its shell but may never reach us; then our parent is another one. */
function whenOrphaned(then: () => void) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, 500);
  timer.unref();
}

class Launcher {
  readonly #dev: boolean;
  readonly #abort = new AbortController();
  readonly #parts: Supervision[] = [];
  readonly #pids: Record<string, number> = {};
  #database: EmbeddedDatabase | undefined;
  #databasePart: Supervision | undefined;
  #lock: LaunchLock | undefined;

  constructor(dev: boolean) {
    this.#dev = dev;
  }

  get ending(): boolean {
    return this.#abort.signal.aborted;
  }

  async run(): Promise<void> {
    loadEnvFile(fromRoot(".env"));
    const given = { ...process.env };
    const dataDir = path.resolve(given.DATA_DIR || ".data");
    await ensureDataFolder(dataDir);
    this.#lock = await takeLaunchLock(dataDir);
    if (this.#lock.leftover)
      await step("Ending what the last start left behind", () => endLeftovers(this.#lock?.leftover));

    const plan = planOf(given);
    const secrets = await loadSecrets(dataDir);
    const checked = checkEnvironment(given, plan, secrets);
    const host = checked.HOST;
    const ports = await choosePorts(checked, plan);
    const compose = (databaseUrl: string) =>
      composeEnvironment(given, plan, secrets, { ...ports, databaseUrl }, dataDir);

    say(`Recado ${productVersion()}`);
    const databaseUrl = given.DATABASE_URL || (await this.#openDatabase(dataDir, secrets.databasePassword));
    if (!plan.database) await step("Reaching the database", () => checkDatabase(databaseUrl));
    const environment = this.#environmentOf(compose(databaseUrl));
    const signal = this.#abort.signal;
    await step("Generating the database client", () => ensurePrismaClient(signal));
    await step("Preparing the database", () =>
      runTool("Preparing the database", [fromRoot("lib/runtime/migrate.ts")], { env: environment, signal }),
    );
    if (!this.#dev)
      await step("Building the pages (after an update: a minute or two)", () => ensureBuild(signal));
    await this.#startParts(plan, environment, path.join(dataDir, "logs"));

    const url = given.APP_URL || localUrl(host, ports.web);
    await step("Opening the doors", () => untilUsable(ownUrl(host, ports.web), signal));
    await this.#lock.update({
      url,
      databaseUrl,
      ...(plan.realtime ? { realtimeUrl: `http://127.0.0.1:${ports.realtime}` } : {}),
      ...(plan.sandbox ? { sandboxUrl: `http://127.0.0.1:${ports.sandbox}` } : {}),
    });
    say(`\n  Recado is running at ${url}\n  Stop it with Ctrl-C.\n`);
  }

  async #openDatabase(dataDir: string, password: string): Promise<string> {
    const database = new EmbeddedDatabase(dataDir, password);
    this.#database = database;
    const url = await step("Starting the database", () => database.open());
    this.#databasePart = supervise("database", () => database.start(), this.#supervisionOf("database"));
    await this.#databasePart.ready;
    return url;
  }

  #environmentOf(composed: Record<string, string | undefined>): NodeJS.ProcessEnv {
    return { ...composed, NODE_ENV: this.#dev ? "development" : "production" };
  }

  async #startParts(plan: Plan, env: NodeJS.ProcessEnv, logDir: string): Promise<void> {
    const names: PartName[] = ["worker", "web"];
    if (plan.realtime) names.push("realtime");
    if (plan.sandbox) names.push("sandbox");
    for (const name of names) {
      const { file, heapMb } = PARTS[name];
      const nodeFlags = this.#dev ? [] : [`--max-old-space-size=${heapMb}`];
      const start = () => startPartProcess({ name, file, env, nodeFlags, logDir });
      this.#parts.push(supervise(name, start, this.#supervisionOf(name)));
    }
    await step("Starting its parts", () => Promise.all(this.#parts.map((part) => part.ready)));
  }

  #supervisionOf(name: string) {
    return {
      say: (line: string) => complain(line),
      onChange: (pid: number | undefined) => {
        if (pid === undefined) delete this.#pids[name];
        else this.#pids[name] = pid;
        void this.#lock?.update({ parts: { ...this.#pids } }).catch(() => {});
      },
    };
  }

  /** A second signal does not wait any longer. */
  async end(signal: string): Promise<void> {
    if (this.ending) process.exit(1);
    if (signal !== "disconnect") say("\nStopping …");
    await this.stopAll();
    process.exit(0);
  }

  /** The database goes last: the others still write to it while they end. */
  async stopAll(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#parts.map((part) => part.stop()));
    await this.#databasePart?.stop();
    await this.#database?.close();
    await this.#lock?.release();
  }
}

async function choosePorts(checked: Env, plan: Plan) {
  const taken = new Set<number>();
  const choose = async (what: string, wanted: number) => {
    const port = await nextFreePort(wanted, checked.HOST, taken);
    if (port !== wanted) say(`Port ${wanted} (${what}) is taken; using ${port}.`);
    taken.add(port);
    return port;
  };
  return {
    web: await choose("web", checked.PORT),
    realtime: plan.realtime ? await choose("realtime", checked.PUSHER_PORT ?? DEFAULT_PORTS.realtime) : 0,
    sandbox: plan.sandbox ? await choose("practice gateway", checked.SANDBOX_PORT) : 0,
  };
}

/** Parts of a launcher that was killed end by themselves within seconds; they still hold their ports. */
async function endLeftovers(leftover: LaunchNote | undefined): Promise<void> {
  const { database: _, ...parts } = leftover?.parts ?? {};
  const ours = () => Object.values(parts).filter((pid) => isAlive(pid) && workingFolder(pid) === ROOT);
  const deadline = Date.now() + 8_000;
  while (ours().length > 0 && Date.now() < deadline) await delay(50);
  for (const pid of ours()) process.kill(pid, "SIGKILL");
}

async function untilUsable(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + USABLE_TIMEOUT_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) });
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(100);
  }
  throw new Error(`Recado has started but does not answer well (${last}). See the files in .data/logs.`);
}
