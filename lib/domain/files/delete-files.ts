import { type Ctx, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { deleteFile } from "#lib/storage/files.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { lockToDelete } from "./file-lock.ts";

const BATCH_MAX = 500;

/**
 * To be called in the transaction that deletes media rows, before it does: by itself, with their messages or with
 * their chats. The bytes go afterwards, unless another row names them.
 */
export async function forgetFiles(tx: Tx, where: Prisma.MediaWhereInput): Promise<void> {
  const rows = await tx.db.media.findMany({ where, select: { hash: true, thumbHash: true } });
  const hashes = rows.flatMap(({ hash, thumbHash }) => [hash, thumbHash]);
  queueDeletion(
    tx,
    hashes.filter((hash) => hash !== null),
  );
}

export function queueDeletion(tx: Tx, hashes: readonly string[]): void {
  const each = [...new Set(hashes)];
  for (let from = 0; from < each.length; from += BATCH_MAX) {
    const batch = each.slice(from, from + BATCH_MAX);
    enqueue(tx, "delete-files", { hashes: batch }, { key: batch[0] ?? "" });
  }
}

/**
 * Removes the bytes that no row of the tenant names any more. The store is called inside the
 * transaction, because the lock has to outlast the removal; one job at a time does this, so it
 * never holds more than one connection of a process.
 */
export async function deleteFiles(ctx: Ctx, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) {
    await inTransaction(ctx, async (tx) => {
      await lockToDelete(tx, hash);
      const named = await tx.db.media.findFirst({
        where: { OR: [{ hash }, { thumbHash: hash }] },
        select: { id: true },
      });
      const picture = await tx.db.contact.findFirst({ where: { pictureHash: hash }, select: { id: true } });
      if (!named && !picture) await deleteFile(ctx.tenantId, hash);
    });
  }
}
