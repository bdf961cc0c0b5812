import { applyMigrations } from "#lib/db/schema-engine.ts";
import { prepareQueue } from "#lib/queue/boss.ts";

/** Brings a database to the state this version needs: our tables, then the queue's. Safe to repeat. */
export async function migrateDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await applyMigrations(databaseUrl);
  await prepareQueue(databaseUrl);
  return applied;
}
