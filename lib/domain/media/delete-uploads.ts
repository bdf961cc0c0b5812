import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { forgetFiles } from "#lib/domain/files/delete-files.ts";

/** How long an upload waits to be sent. */
export const UNSENT_HOURS = 24;

const BATCH_MAX = 500;

export function unsentBefore(now = new Date()): Date {
  return new Date(now.getTime() - UNSENT_HOURS * 3_600_000);
}

/** Deletes uploads that were never sent, with their bytes; returns how many. */
export async function purgeUploads(ctx: Ctx, before = unsentBefore()): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await inTransaction(ctx, async (tx) => {
      const unsent = { messageId: null, createdAt: { lt: before } };
      const rows = await tx.db.media.findMany({ where: unsent, select: { id: true }, take: BATCH_MAX });
      const where = { ...unsent, id: { in: rows.map(({ id }) => id) } };
      await forgetFiles(tx, where);
      return (await tx.db.media.deleteMany({ where })).count;
    });
    purged += count;
    if (count < BATCH_MAX) return purged;
  }
}
