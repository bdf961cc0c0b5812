import path from "node:path";
import { createSandbox } from "#lib/channel-adapters/sandbox/simulator/create-sandbox.ts";
import { env } from "#lib/kernel/env.ts";
import { logger } from "#lib/kernel/logger.ts";
import { asPortProblem, runPart } from "./part.ts";

await runPart("sandbox", async () => {
  const { HOST: host, SANDBOX_PORT: port, EVOLUTION_API_KEY: apiKey, DATA_DIR, RECADO_ENV } = env();
  const sandbox = createSandbox({
    port,
    host,
    dataDir: path.resolve(DATA_DIR, "sandbox"),
    apiKey,
    production: RECADO_ENV === "production",
    logger,
  });
  await sandbox.start().catch((error: unknown) => {
    throw asPortProblem(error, port, "SANDBOX_PORT");
  });
  return { stop: () => sandbox.close() };
});
