import { inject } from "vitest";

/**
 * Importing this module gives the test file a database of its own, migrated and empty, and points
 * DATABASE_URL at it before anything reads the environment:
 *
 *   import "./database.ts";
 */
async function freshDatabase(): Promise<string> {
  const caller = expectTestPath();
  const response = await fetch(`${inject("databaseServer")}/${caller}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`No test database: ${text}`);
  return text;
}

function expectTestPath(): string {
  const worker: unknown = Reflect.get(globalThis, "__vitest_worker__");
  const path: unknown = worker && typeof worker === "object" ? Reflect.get(worker, "filepath") : undefined;
  return typeof path === "string" ? encodeURIComponent(path.replace(/.*__tests__\//, "")) : "test";
}

export const databaseUrl: string = await freshDatabase();
process.env.DATABASE_URL = databaseUrl;

/** A second, independent database, for tests that compare or break one. */
export { freshDatabase };
