import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { sha256 } from "#lib/kernel/crypto.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";

/** A claim whose process died is free again after this long. */
const CLAIM_MS = 60_000;
const IN_PROGRESS = 0;

/** Same key and same request: the first answer again. Same key, other request: an error. */
export async function withIdempotency(
  ctx: Ctx,
  key: string,
  request: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (key.length > 200)
    throw new AppError("invalid_input", { detail: "Idempotency-Key is longer than 200 characters." });
  const requestHash = sha256(request);
  const earlier = await claim(ctx, key, requestHash);
  if (earlier)
    return Response.json(earlier.body, {
      status: earlier.status,
      headers: { "idempotent-replayed": "true" },
    });
  const response = await answer().catch(async (error: unknown) => {
    // Nothing was created, so the key may be used for the corrected request.
    await release(ctx, key).catch((cause: unknown) =>
      logger.warn({ err: cause }, "idempotency key not released"),
    );
    throw error;
  });
  const body: unknown = await response.clone().json();
  // From here on the deed is done: should this fail, the key stays taken rather than allow it twice.
  await tenantTransaction(ctx.tenantId, (db) =>
    db.idempotencyKey.update({
      where: { tenantId_key: { tenantId: ctx.tenantId, key } },
      data: { status: response.status, body: body ?? {} },
    }),
  );
  return response;
}

async function release(ctx: Ctx, key: string): Promise<void> {
  await tenantTransaction(ctx.tenantId, (db) =>
    db.idempotencyKey.deleteMany({ where: { key, status: IN_PROGRESS } }),
  );
}

async function claim(
  ctx: Ctx,
  key: string,
  requestHash: string,
): Promise<{ status: number; body: unknown } | null> {
  return tenantTransaction(ctx.tenantId, async (db) => {
    await db.idempotencyKey.deleteMany({
      where: { key, status: IN_PROGRESS, createdAt: { lt: new Date(Date.now() - CLAIM_MS) } },
    });
    const { count } = await db.idempotencyKey.createMany({
      data: [{ key, requestHash, status: IN_PROGRESS, body: {} }],
      skipDuplicates: true,
    });
    if (count === 1) return null;
    const row = await db.idempotencyKey.findUniqueOrThrow({
      where: { tenantId_key: { tenantId: ctx.tenantId, key } },
    });
    if (row.requestHash !== requestHash) throw new AppError("idempotency_key_reused");
    if (row.status === IN_PROGRESS)
      throw new AppError("conflict", {
        detail: "The first request with this key is still being worked on.",
        retryAfterS: 2,
      });
    return { status: row.status, body: row.body };
  });
}
