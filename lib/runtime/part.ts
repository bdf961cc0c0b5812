import { EnvError, env } from "#lib/kernel/env.ts";
import { loadEnvFile } from "./env-file.ts";
import { complain, explain, StartProblem } from "./progress.ts";
import { fromRoot, ROOT } from "./project.ts";

/**
 * The life of one of the product's processes: started by the launcher, or alone by `npm run <name>`
 * with nothing but environment variables.
 */
const STOP_TIMEOUT_MS = 6_000;

export async function runPart(name: string, start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  process.title = `recado ${name}`;
  process.chdir(ROOT);
  const launched = process.send !== undefined;
  let running: { stop(): Promise<void> } | undefined;
  let stopping = false;

  async function stop() {
    if (stopping) return;
    stopping = true;
    // Whatever hangs, the process ends.
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    try {
      await running?.stop();
      process.exit(0);
    } catch (error) {
      complain(explain(error));
      process.exit(1);
    }
  }
  process.on("SIGTERM", () => void stop());
  // In a terminal Ctrl-C reaches every process at once; the launcher decides on the order.
  process.on("SIGINT", () => {
    if (!launched) void stop();
  });
  // The launcher is gone, however it ended.
  process.on("disconnect", () => void stop());

  try {
    if (!launched) loadEnvFile(fromRoot(".env"));
    Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || "production" });
    env();
    running = await start();
    process.send?.("ready");
  } catch (error) {
    complain(isForThePerson(error) ? explain(error) : `${name} could not start: ${explain(error)}`);
    process.exit(1);
  }
}

function isForThePerson(error: unknown): boolean {
  return error instanceof EnvError || error instanceof StartProblem;
}

/** For a server that could not take its port. */
export function asPortProblem(error: unknown, port: number, variable: string): unknown {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return taken
    ? new StartProblem(`Port ${port} is taken by another program. Set ${variable} to a free one.`)
    : error;
}
