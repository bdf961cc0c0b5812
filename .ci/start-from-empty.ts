import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#lib/runtime/ports.ts";
import { processesBelow } from "#lib/runtime/process-table.ts";

/**
 * What a new user does: clone, `npm start`, open the address. On the machine's own Node, in a folder that has
 * nothing but the last commit; afterwards no process of it may be left.
 */
const START_TIMEOUT_MS = 15 * 60_000;
const STOP_TIMEOUT_MS = 15_000;

const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "recado-clone-"));
const clone = path.join(folder, "recado");
let product: ChildProcess | undefined;

try {
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { stdio: "inherit" });
  const port = await freePort();
  const started = Date.now();
  product = spawn("npm", ["start"], {
    cwd: clone,
    env: plainEnvironment(port),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await printedAddress(product);
  console.log(`usable after ${Math.round((Date.now() - started) / 1000)} s at ${url}`);
  await expectStatus(`${url}/api/health`, 200);
  await expectStatus(`${url}/login`, 200);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (product) await stop(product);
  const left = await stillRunning();
  if (left.length > 0) {
    console.error(`still running after the stop: ${left.join(", ")}`);
    for (const pid of left) process.kill(pid, "SIGKILL");
    process.exitCode = 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** What npm started may end a moment after npm itself. */
async function stillRunning(): Promise<number[]> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (processesBelow(clone).length > 0 && Date.now() < deadline) await delay(50);
  return processesBelow(clone);
}

/** The environment of somebody's shell: without our settings, and without our Node on the PATH. */
function plainEnvironment(port: number): NodeJS.ProcessEnv {
  const PATH = (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((entry) => !entry.startsWith(root))
    .join(path.delimiter);
  const kept = ["HOME", "USER", "LANG", "CI", "SHELL", "TMPDIR"];
  const inherited = Object.entries(process.env).filter(
    ([name]) => kept.includes(name) || /^npm_config_|_proxy$/i.test(name) || name.startsWith("NODE_EXTRA"),
  );
  // Next declares NODE_ENV as always there; a shell does not have it.
  const shell: Record<string, string | undefined> = {
    ...Object.fromEntries(inherited),
    PATH,
    PORT: String(port),
  };
  return Object.assign(Object.create(null), shell);
}

function printedAddress(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error("npm start printed no address in time")),
      START_TIMEOUT_MS,
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString();
      const found = /running at (\S+)/.exec(output)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`npm start ended with ${code}`));
    });
  });
}

async function expectStatus(url: string, status: number): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  if (response.status !== status)
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  console.log(`${url} answered ${status}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<boolean>((resolve) => child.once("exit", () => resolve(true)));
  child.kill("SIGTERM");
  if (await Promise.race([ended, delay(STOP_TIMEOUT_MS, false)])) return;
  console.error("npm start did not end in time");
  process.exitCode = 1;
  child.kill("SIGKILL");
}
