import { newId } from "#lib/kernel/ids.ts";
import { actorId, type Tx } from "./context.ts";

/** Writes who did what, in the transaction of the deed. No texts, phones or secrets in `data`. */
export async function audit(
  tx: Tx,
  action: string,
  targetId: string,
  data: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await tx.db.auditLog.create({
    data: {
      id: newId("audit"),
      actorKind: tx.actor.kind,
      actorId: actorId(tx.actor),
      action,
      targetId,
      data,
    },
  });
}
