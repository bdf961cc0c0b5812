import pg from "pg";
import { env } from "#lib/kernel/env.ts";
import { logger } from "#lib/kernel/logger.ts";

let pool: pg.Pool | undefined;

/**
 * Plain connections that are recado_system from their first statement: for the two hot system paths
 * (webhook receipt, event relay), where a round trip to take on the role would count.
 */
export function systemPool(): pg.Pool {
  if (!pool) {
    pool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      options: "-c role=recado_system",
      max: 4,
      connectionTimeoutMillis: 3000,
      // A server that went silent is as good as away: what waits for it is spooled instead.
      query_timeout: 5000,
      application_name: "recado-system",
    });
    pool.on("error", (error) => logger.warn({ err: error.message }, "database connection lost"));
  }
  return pool;
}

export async function closeSystemPool(): Promise<void> {
  await pool?.end();
  pool = undefined;
}
