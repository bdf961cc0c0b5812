import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { presentTenantSettings } from "./present.ts";
import type { TenantSettings } from "./schema.ts";

export async function getTenantSettings(ctx: Ctx): Promise<TenantSettings> {
  const row = await tenantTransaction(ctx.tenantId, (db) =>
    db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } }),
  );
  return presentTenantSettings(row);
}
