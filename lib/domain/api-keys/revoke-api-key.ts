import { audit } from "#lib/domain/audit.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ApiKeyId } from "#lib/kernel/ids.ts";
import { assertMayManageApiKeys } from "./policy.ts";

export async function revokeApiKey(ctx: Ctx, id: ApiKeyId): Promise<void> {
  assertMayManageApiKeys(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("not_found");
    await audit(tx, "api_key.revoked", id);
  });
}
