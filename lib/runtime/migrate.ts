import { loadEnvFile } from "./env-file.ts";
import { migrateDatabase } from "./migrations.ts";
import { complain, explain, StartProblem, say } from "./progress.ts";
import { fromRoot, ROOT } from "./project.ts";

/** `npm run migrate`: brings the database of DATABASE_URL to this version. */
process.chdir(ROOT);
try {
  if (process.send === undefined) loadEnvFile(fromRoot(".env"));
  const applied = await migrateDatabase(databaseUrl());
  for (const name of applied) say(`Applied migration ${name}`);
  if (applied.length === 0 && process.send === undefined) say("The database is up to date.");
  process.exit(0);
} catch (error) {
  complain(explain(asDatabaseProblem(error)));
  process.exit(1);
}

/** Alone of the whole environment, so that a database can be migrated where no secret is known. */
function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new StartProblem(
      "DATABASE_URL is not set. It looks like postgresql://user:password@host:5432/name",
    );
  return url;
}

function asDatabaseProblem(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ECONNREFUSED") return error;
  return new StartProblem("The database of DATABASE_URL is not reachable. Start it, or mend DATABASE_URL.");
}
