import { contactsLockName, MustBeAloneWithContacts, type Tx } from "#lib/domain/context.ts";

const sharing = new WeakSet<Tx>();

/**
 * Keeps contacts from being merged or parted while this transaction works with one. Taken before any
 * conversation is locked: a merge waits for all who share, and nobody who shares waits for a merge.
 */
export async function shareContacts(tx: Tx): Promise<void> {
  if (tx.aloneWithContacts || sharing.has(tx)) return;
  await tx.db
    .$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${contactsLockName(tx.tenantId)}, 0))`;
  sharing.add(tx);
}

/** Before contacts are merged or parted; a transaction that is not alone is begun anew as one that is. */
export function assertAloneWithContacts(tx: Tx): void {
  if (!tx.aloneWithContacts) throw new MustBeAloneWithContacts("contacts must be merged");
}
