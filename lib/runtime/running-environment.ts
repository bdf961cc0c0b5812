import { loadEnvFile } from "./env-file.ts";
import { composeEnvironment, planOf } from "./launch-environment.ts";
import { readLaunchNote } from "./launch-lock.ts";
import { complain, StartProblem } from "./progress.ts";
import { fromRoot } from "./project.ts";
import { loadSecrets } from "./secrets.ts";

/**
 * Gives a tool (seed, bench) the environment of the product that runs in this folder, so that it works
 * on the same database. What the environment or .env says wins.
 */
export async function adoptRunningEnvironment(): Promise<{ url: string }> {
  loadEnvFile(fromRoot(".env"));
  const dataDir = fromRoot(process.env.DATA_DIR || ".data");
  const note = await readLaunchNote(dataDir);
  const databaseUrl = process.env.DATABASE_URL || note?.databaseUrl;
  if (!databaseUrl) throw new StartProblem("Recado does not run in this folder. Start it first: npm start");
  const portOf = (address: string | undefined, otherwise: number) =>
    address ? Number(new URL(address).port) : otherwise;
  const at = {
    web: portOf(note?.url, 3000),
    realtime: portOf(note?.realtimeUrl, 6001),
    sandbox: portOf(note?.sandboxUrl, 8085),
    databaseUrl,
  };
  const given = { ...process.env };
  Object.assign(
    process.env,
    composeEnvironment(given, planOf(given), await loadSecrets(dataDir), at, dataDir),
  );
  return { url: note?.url ?? `http://localhost:${at.web}` };
}

/** Runs a tool to its end; a problem the user can mend is one line. */
export async function runTool(work: () => Promise<void>): Promise<never> {
  try {
    await work();
    process.exit(0);
  } catch (error) {
    complain(
      error instanceof StartProblem ? error.message : String(error instanceof Error ? error.stack : error),
    );
    process.exit(1);
  }
}
