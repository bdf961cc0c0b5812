import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "#lib/kernel/env.ts";
import type { TenantId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import { type Prisma, PrismaClient } from "#prisma/generated/client.ts";

/**
 * The database, reached only inside a transaction that has taken on a role:
 *
 *   tenantTransaction  recado_tenant, sees one tenant's rows
 *   systemTransaction  recado_system, sees all; only for the named system functions of lib/auth,
 *                      lib/worker and lib/domain/<noun>/system.ts
 */
export type Db = Prisma.TransactionClient;

let pool: pg.Pool | undefined;
let client: PrismaClient | undefined;

export function databasePool(): pg.Pool {
  if (!pool) {
    pool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: 5000,
      application_name: "recado",
    });
    // An idle connection that the server closed: the next query gets a new one.
    // The pool listens only while a connection is idle; one that breaks in use would end the process.
    pool.on("connect", (connection) => connection.on("error", () => {}));
    pool.on("error", (error) => logger.warn({ err: error.message }, "database connection lost"));
  }
  return pool;
}

function prisma(): PrismaClient {
  client ??= new PrismaClient({
    adapter: new PrismaPg(databasePool(), {
      disposeExternalPool: false,
      statementNameGenerator: statementName,
    }),
  });
  return client;
}

const names = new Map<string, string>();

/**
 * A named statement is parsed and planned once a connection instead of at every call. Lists of ids come in every
 * length and would each be another statement, so long ones stay without a name.
 */
function statementName({ sql, args }: { sql: string; args: unknown[] }): string {
  if (args.length > PREPARED_ARGS_MAX) return "";
  const known = names.get(sql);
  if (known) return known;
  const name = `prisma-${names.size}`;
  names.set(sql, name);
  return name;
}

const PREPARED_ARGS_MAX = 32;

const LIMITS = { maxWait: 5000, timeout: 15_000 };

export function tenantTransaction<T>(tenantId: TenantId, work: (db: Db) => Promise<T>): Promise<T> {
  return prisma().$transaction(async (db) => {
    await db.$executeRaw`select set_config('role', 'recado_tenant', true), set_config('app.tenant_id', ${tenantId}, true)`;
    return work(db);
  }, LIMITS);
}

export function systemTransaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return prisma().$transaction(async (db) => {
    await db.$executeRaw`select set_config('role', 'recado_system', true)`;
    return work(db);
  }, LIMITS);
}

/** For the last step of a tenant's transaction: the queue's tables are not a tenant's. */
export async function actAsSystem(db: Db): Promise<void> {
  await db.$executeRaw`select set_config('role', 'recado_system', true)`;
}

export async function closeDatabase(): Promise<void> {
  await client?.$disconnect();
  await pool?.end();
  client = undefined;
  pool = undefined;
}

/** Prisma has codes of its own for much that the server or the pool says, and gives the reason in words alone. */
const DOWN_IN_WORDS =
  /Code: `(57P0[123]|53300|08\d{3})`|Unable to start a transaction in the given time|Connection terminated|Query read timeout|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Can't reach database/i;

/** True when the error means that the database cannot be reached now (not that a query was wrong). */
export function isDatabaseDown(error: unknown): boolean {
  const codes = new Set([
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "EPIPE",
    "57P01",
    "57P02",
    "57P03",
    "08006",
    "08001",
    "08003",
    "53300",
    "P1001",
    "P1002",
    "P1008",
    "P1017",
    "P2024",
  ]);
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = "code" in current && typeof current.code === "string" ? current.code : undefined;
    if (code && codes.has(code)) return true;
    if (DOWN_IN_WORDS.test(current.message)) return true;
  }
  return false;
}
