import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { deferred } from "./deferred.ts";
import { openPartLog } from "./part-log.ts";
import { fromRoot, ROOT } from "./project.ts";
import type { RunningPart } from "./supervisor.ts";

export type PartProgram = {
  name: string;
  /** Below lib/runtime. */
  file: string;
  env: NodeJS.ProcessEnv;
  nodeFlags: string[];
  logDir: string;
};

/** Parts give themselves 6 s to end (part.ts); this is for one that hangs. */
const STOP_TIMEOUT_MS = 7_000;

/** Starts one of the product's processes; it says by a message when it is ready. */
export async function startPartProcess(program: PartProgram): Promise<RunningPart> {
  const log = await openPartLog(program.logDir, program.name);
  const child = spawn(process.execPath, [...program.nodeFlags, fromRoot("lib/runtime", program.file)], {
    cwd: ROOT,
    env: program.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (child.stdout) log.follow(child.stdout, "stdout");
  if (child.stderr) log.follow(child.stderr, "stderr");

  const ready = deferred<void>();
  const exited = deferred<string>();
  child.on("message", (message) => {
    if (message === "ready") ready.resolve();
  });
  child.once("error", (error) => exited.resolve(error.message));
  child.once("exit", (code, signal) => exited.resolve(signal ? `by ${signal}` : `with code ${code}`));
  void exited.promise.then((reason) => {
    log.close();
    ready.reject(new Error(log.lastLine() ? `${reason}: ${log.lastLine()}` : reason));
  });

  const stop = async () => {
    child.kill("SIGTERM");
    const ended = await Promise.race([
      exited.promise.then(() => true),
      delay(STOP_TIMEOUT_MS, false, { ref: false }),
    ]);
    if (!ended) child.kill("SIGKILL");
    await exited.promise;
  };
  return { pid: child.pid ?? 0, ready: ready.promise, exited: exited.promise, stop };
}
