import { type Ctx, emit, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Id } from "#lib/kernel/ids.ts";
import { assertMayDismissAlerts } from "./policy.ts";
import { type AlertRow, WITH_CHANNEL } from "./present.ts";

/** Hides the banner for everybody; the alert itself ends when its cause does. */
export function dismissAlert(ctx: Ctx, id: Id<"alert">): Promise<AlertRow> {
  assertMayDismissAlerts(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const alert = await tx.db.alert.findUnique({ where: { id }, include: WITH_CHANNEL });
    if (!alert) throw new AppError("not_found");
    if (alert.dismissedAt) return alert;
    emit(tx, { type: "alert.updated", alertId: id });
    return tx.db.alert.update({
      where: { id },
      data: { dismissedAt: new Date() },
      include: WITH_CHANNEL,
    });
  });
}
