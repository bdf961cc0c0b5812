import { emit, type Tx } from "#lib/domain/context.ts";
import type { AlertKind } from "./schema.ts";

/** The trouble is over: the channel is back, or nobody wants it connected any more. */
export async function resolveAlert(tx: Tx, channelId: string, kinds: readonly AlertKind[]): Promise<void> {
  const open = await tx.db.alert.findMany({
    where: { channelId, kind: { in: [...kinds] }, resolvedAt: null },
    select: { id: true },
  });
  if (open.length === 0) return;
  const ids = open.map(({ id }) => id);
  await tx.db.alert.updateMany({ where: { id: { in: ids } }, data: { resolvedAt: new Date() } });
  for (const alertId of ids) emit(tx, { type: "alert.updated", alertId });
}
