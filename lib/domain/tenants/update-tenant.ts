import { audit } from "#lib/domain/audit.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { presentTenantSettings } from "./present.ts";
import type { TenantSettings, UpdateTenant } from "./schema.ts";

/** A shorter retention takes effect with the next daily purge. */
export async function updateTenant(ctx: Ctx, input: UpdateTenant): Promise<TenantSettings> {
  if (ctx.actor.kind !== "member" || ctx.actor.role === "agent") throw new AppError("forbidden");
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db.tenant.update({ where: { id: ctx.tenantId }, data: input });
    await audit(tx, "tenant.updated", ctx.tenantId, input);
    return presentTenantSettings(row);
  });
}
