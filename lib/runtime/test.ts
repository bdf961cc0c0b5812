import { spawn } from "node:child_process";
import { ensureBuild } from "./next-build.ts";
import { ensurePrismaClient } from "./prisma-client.ts";
import { complain, explain, step } from "./progress.ts";
import { fromRoot, ROOT } from "./project.ts";

/** `npm test`: everything the tests need, then vitest. What follows `--` goes to vitest (files, -t …). */
process.chdir(ROOT);
const given = process.argv.slice(2);
try {
  await step("Generating the database client", () => ensurePrismaClient());
  if (given.length === 0) await step("Building the pages for the browser tests", () => ensureBuild());
  process.exitCode = await runVitest();
} catch (error) {
  complain(explain(error));
  process.exitCode = 1;
}

function runVitest(): Promise<number> {
  const child = spawn(process.execPath, [fromRoot("node_modules/vitest/vitest.mjs"), "run", ...given], {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "test" },
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGINT", () => {});
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
