import type { Actor } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Agents see channels; owners, admins and API keys with the scope change them. */
export function assertMayManageChannels(actor: Actor): void {
  if (actor.kind === "member" && actor.role === "agent") throw new AppError("forbidden");
}
