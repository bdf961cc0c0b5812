import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fromRoot } from "./project.ts";
import { hashFiles } from "./source-hash.ts";
import { runTool } from "./tool.ts";

const STAMP = fromRoot("prisma/generated/.stamp");

/** Generates the database client when the models have changed since the last time. */
export async function ensurePrismaClient(signal?: AbortSignal): Promise<void> {
  const wanted = await hashFiles([
    "prisma/schema.prisma",
    "prisma/models",
    "node_modules/prisma/package.json",
  ]);
  const present = await readFile(STAMP, "utf8").catch(() => "");
  if (present === wanted && existsSync(fromRoot("prisma/generated/client.ts"))) return;
  const env = {
    ...process.env,
    // The command line looks for a native engine that it does not need here; any file will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  await runTool(
    "Generating the database client",
    [fromRoot("node_modules/prisma/build/index.js"), "generate"],
    { env, signal },
  );
  await writeFile(STAMP, wanted);
}
