import type { Tx } from "#lib/domain/context.ts";

/**
 * Keeps a file from being deleted between the moment somebody finds it unused and the moment somebody
 * else starts to use it. A row names its hashes, under the shared lock, before the bytes are put;
 * the deleting job looks for such rows and removes the bytes under the exclusive one.
 */
export async function lockToName(tx: Tx, hashes: readonly string[]): Promise<void> {
  // In one order everywhere, so that no two wait for each other.
  for (const hash of hashes.toSorted())
    await tx.db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${keyOf(tx, hash)}, 1))`;
}

export async function lockToDelete(tx: Tx, hash: string): Promise<void> {
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${keyOf(tx, hash)}, 1))`;
}

function keyOf(tx: Tx, hash: string): string {
  return `${tx.tenantId}:${hash}`;
}
