import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { assertMayManageApiKeys } from "./policy.ts";
import { presentApiKey } from "./present.ts";
import type { ApiKeyView } from "./schema.ts";

export async function listApiKeys(ctx: Ctx): Promise<ApiKeyView[]> {
  assertMayManageApiKeys(ctx.actor);
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.apiKey.findMany({ where: { revokedAt: null }, orderBy: [{ createdAt: "desc" }] }),
  );
  return rows.map(presentApiKey);
}
