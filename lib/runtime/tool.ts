import { spawn } from "node:child_process";
import { StartProblem } from "./progress.ts";
import { ROOT } from "./project.ts";

/** A program that runs to its end; its output is shown only when it fails. */
export async function runTool(
  what: string,
  args: string[],
  { env, signal }: { env: NodeJS.ProcessEnv; signal?: AbortSignal | undefined },
): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    ...(signal ? { signal, killSignal: "SIGTERM" as const } : {}),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new StartProblem(`${what} failed:`, output.trim());
  return output;
}
