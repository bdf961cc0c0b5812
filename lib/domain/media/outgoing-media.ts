import type { OutgoingMedia } from "#lib/channel-adapters/contract.ts";
import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import { readFile } from "#lib/storage/files.ts";
import { assertFits, isFileKind } from "./limits.ts";

/** The file of a message that is about to leave, checked once more against what WhatsApp takes. */
export async function outgoingMedia(ctx: Ctx, id: MediaId): Promise<OutgoingMedia> {
  const media = await tenantTransaction(ctx.tenantId, (db) =>
    db.media.findUnique({ where: { id }, include: { message: { select: { type: true } } } }),
  );
  if (!media?.hash || media.status !== "ready") {
    throw new AppError("media_rejected", { detail: "The file of this message is gone." });
  }
  const type = media.message?.type;
  if (type && isFileKind(type)) assertFits(type, media);
  const bytes = await readFile(ctx.tenantId, media.hash);
  if (!bytes) throw new AppError("media_rejected", { detail: "The file of this message is gone." });
  return {
    bytes,
    mimeType: media.mimeType ?? "application/octet-stream",
    fileName: media.fileName ?? type ?? "file",
  };
}
