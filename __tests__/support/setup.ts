import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { watchConsole } from "./console.ts";
import { TEST_ENVIRONMENT } from "./environment.ts";

/** Media and spooled webhooks of this file's tests; made before anything reads the environment. */
const dataDir = mkdtempSync(path.join(os.tmpdir(), "recado-data-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

Object.assign(process.env, TEST_ENVIRONMENT, { DATA_DIR: dataDir });
watchConsole();
