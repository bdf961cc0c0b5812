import { readFile, rm, writeFile } from "node:fs/promises";
import { fromRoot } from "./project.ts";
import { hashFiles } from "./source-hash.ts";
import { runTool } from "./tool.ts";

/** What the pages are built from. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "prisma/models",
  "next.config.js",
  "postcss.config.js",
  "tailwind.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** Runs beside the pages, not in them. */
const BESIDE = /^lib\/(runtime|worker|realtime\/server|channel-adapters\/sandbox\/simulator)\//;
const STAMP = fromRoot(".next/recado-build");

export async function buildIsCurrent(): Promise<boolean> {
  return (await builtFrom()) === (await sourceHash());
}

/** Builds the pages when their sources have changed since the last build. Returns whether it did. */
export async function ensureBuild(signal?: AbortSignal): Promise<boolean> {
  if (await buildIsCurrent()) return false;
  await buildPages(signal);
  return true;
}

export async function buildPages(signal?: AbortSignal): Promise<void> {
  const hash = await sourceHash();
  await rm(STAMP, { force: true });
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await runTool("Building the pages", [fromRoot("node_modules/next/dist/bin/next"), "build"], {
    env,
    signal,
  });
  await writeFile(STAMP, hash);
}

function builtFrom(): Promise<string> {
  return readFile(STAMP, "utf8").catch(() => "");
}

function sourceHash(): Promise<string> {
  return hashFiles(SOURCES, (file) => BESIDE.test(file));
}
