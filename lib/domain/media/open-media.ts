import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import type { ByteRange, FileStream } from "#lib/storage/file-store.ts";
import { openFile } from "#lib/storage/files.ts";
import { getMedia } from "./queries.ts";
import { servedName, servedType } from "./served-type.ts";

/** A file of a message as it may be handed to a browser. `sizeBytes` null: known once it is opened. */
export type ServedFile = {
  hash: string;
  sizeBytes: number | null;
  contentType: string;
  shown: boolean;
  name: string;
  open(range?: ByteRange): Promise<FileStream>;
};

export async function openMedia(ctx: Ctx, id: MediaId): Promise<ServedFile> {
  const media = await getMedia(ctx, id);
  if (media.status !== "ready" || media.hash === null) throw new AppError("media_not_ready");
  const { hash, sizeBytes } = media;
  const open = (range?: ByteRange) => openOrReport(ctx, hash, range);
  return { hash, sizeBytes, ...servedType(media.mimeType), name: servedName(media), open };
}

export async function openThumbnail(ctx: Ctx, id: MediaId): Promise<ServedFile> {
  const media = await getMedia(ctx, id);
  if (media.status !== "ready") throw new AppError("media_not_ready");
  const hash = media.thumbHash;
  if (hash === null) throw new AppError("not_found");
  const open = () => openOrReport(ctx, hash);
  const name = `thumbnail-${media.id.slice(-8)}.webp`;
  return { hash, sizeBytes: null, contentType: "image/webp", shown: true, name, open };
}

async function openOrReport(ctx: Ctx, hash: string, range?: ByteRange): Promise<FileStream> {
  const stream = await openFile(ctx.tenantId, hash, range);
  if (stream) return stream;
  logger.error({ tenantId: ctx.tenantId, hash }, "a file is missing from the storage");
  throw new AppError("media_unavailable", { detail: "The file is missing from our storage." });
}
