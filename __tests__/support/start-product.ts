import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readLaunchNote } from "#lib/runtime/launch-lock.ts";
import { freePort } from "#lib/runtime/ports.ts";
import { fromRoot } from "#lib/runtime/project.ts";
import { TEST_ENVIRONMENT } from "./environment.ts";

/** The product as a user starts it: real processes, production build, practice gateway, own data folder. */
export type ProductAddresses = {
  dataDir: string;
  launcherPid: number;
  url: string;
  realtimeUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
};

export type Product = ProductAddresses & {
  /** Process numbers now, by part (web, worker, realtime, sandbox, database); they change when a part dies. */
  parts(): Promise<Record<string, number>>;
  /** What the launcher has printed, for the message of a failed test. */
  output(): string;
  stop(): Promise<void>;
};

export const START_TIMEOUT_MS = 300_000;

/** A product of the test's own, to be killed, starved or restarted; the caller stops it. */
export async function startProduct(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<Product> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "recado-product-")));
  const child = spawn(process.execPath, [fromRoot("lib/runtime/start.ts")], {
    cwd: fromRoot(),
    env: await productEnvironment(dataDir, options.env ?? {}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const stop = async () => {
    await end(child);
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const addresses = await untilRunning(child, dataDir, () => output);
    return { ...addresses, parts: () => partsOf(dataDir), output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function productEnvironment(
  dataDir: string,
  extra: Record<string, string>,
): Promise<NodeJS.ProcessEnv> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !(name in TEST_ENVIRONMENT) && !name.startsWith("VITEST"),
  );
  // Empty rather than absent: a developer's .env must not lead the tests to real servers.
  const builtIn = {
    DATABASE_URL: "",
    EVOLUTION_API_URL: "",
    PUSHER_HOST: "",
    PUSHER_APP_ID: "",
    APP_URL: "",
  };
  const ports = {
    PORT: String(await freePort()),
    PUSHER_PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  };
  const env = {
    ...Object.fromEntries(inherited),
    ...builtIn,
    ...ports,
    RECADO_ENV: "local",
    DATA_DIR: dataDir,
    ...extra,
  };
  return { ...env, NODE_ENV: "production" };
}

async function untilRunning(
  child: ChildProcess,
  dataDir: string,
  output: () => string,
): Promise<ProductAddresses> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The launcher ended with ${child.exitCode}:\n${output()}`);
    const note = await readLaunchNote(dataDir);
    if (note?.url && note.pid === child.pid) {
      const { url, realtimeUrl = "", sandboxUrl = "", databaseUrl = "" } = note;
      return { dataDir, launcherPid: note.pid, url, realtimeUrl, sandboxUrl, databaseUrl };
    }
    await delay(50);
  }
  throw new Error(`The product did not start in time:\n${output()}`);
}

export async function partsOf(dataDir: string): Promise<Record<string, number>> {
  return (await readLaunchNote(dataDir))?.parts ?? {};
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const inTime = await Promise.race([ended.then(() => true), delay(15_000, false, { ref: false })]);
  if (!inTime) child.kill("SIGKILL");
  await ended;
}
