import { audit } from "#lib/domain/audit.ts";
import { actorId, type Ctx, inTransaction } from "#lib/domain/context.ts";
import { randomSecret, sha256 } from "#lib/kernel/crypto.ts";
import { newId } from "#lib/kernel/ids.ts";
import { assertMayManageApiKeys } from "./policy.ts";
import { presentApiKey } from "./present.ts";
import type { ApiKeyView, CreateApiKey } from "./schema.ts";

export const KEY_PREFIX = "rk_";

/** The key itself is in this answer and nowhere else. */
export async function createApiKey(ctx: Ctx, input: CreateApiKey): Promise<ApiKeyView & { key: string }> {
  assertMayManageApiKeys(ctx.actor);
  const key = `${KEY_PREFIX}${randomSecret()}`;
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db.apiKey.create({
      data: {
        id: newId("apiKey"),
        name: input.name,
        scopes: [...new Set(input.scopes)],
        hash: sha256(key),
        hint: key.slice(-4),
        createdBy: actorId(ctx.actor) ?? "system",
      },
    });
    await audit(tx, "api_key.created", row.id, { name: input.name });
    return { ...presentApiKey(row), key };
  });
}
