import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import type { Media } from "#prisma/generated/client.ts";

/** The file's row, for whoever may see its message: one that was deleted is there for owners and admins only. */
export async function getMedia(ctx: Ctx, id: MediaId): Promise<Media> {
  const found = await tenantTransaction(ctx.tenantId, (db) =>
    db.media.findUnique({ where: { id }, include: { message: { select: { deletedAt: true } } } }),
  );
  if (!found) throw new AppError("not_found");
  const { message, ...media } = found;
  const { actor } = ctx;
  const sees = message?.deletedAt == null || actor.kind === "system" || actor.role !== "agent";
  if (!sees) throw new AppError("not_found");
  return media;
}
