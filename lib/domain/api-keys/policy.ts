import type { Actor } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** People only: a key that could make keys would outlive its own revocation. */
export function assertMayManageApiKeys(actor: Actor): void {
  if (actor.kind !== "member" || actor.role === "agent") throw new AppError("forbidden");
}
