import type { Actor } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Agents see alerts; who may mend a number says that one has been seen. */
export function assertMayDismissAlerts(actor: Actor): void {
  if (actor.kind === "member" && actor.role === "agent") throw new AppError("forbidden");
}
