import type { Actor } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Raw events hold everybody's texts and numbers: for owners, admins and keys with the scope. */
export function assertMayReadEventLog(actor: Actor): void {
  if (actor.kind === "member" && actor.role === "agent") throw new AppError("forbidden");
}
