import { z } from "zod";
import type { OutgoingMedia } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError, toErrorCode } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import { discardFile, stageFile } from "#lib/storage/stage-file.ts";
import type { Media } from "#prisma/generated/client.ts";
import { type FileFacts, inspectFile } from "./check-file.ts";
import { cleanFileName } from "./file-names.ts";
import { FILE_BYTES_MAX } from "./limits.ts";
import { keepFile, tellOfMessage } from "./store-file.ts";

const Source = z.record(z.string(), z.unknown());

/**
 * Brings the file of a received message from the provider into the store. What may heal is thrown, for
 * the queue to try again; what will not is written on the row at once, where people see it.
 */
export async function fetchMedia(ctx: Ctx, id: MediaId): Promise<void> {
  const media = await findPending(ctx, id);
  const channel = media?.message?.channel;
  // Deleted with its chat, or fetched by an earlier try whose worker died before it could say so.
  if (!media || !channel) return;
  try {
    const source = Source.parse(media.source);
    const fetched = await adapterFor(channel.kind).fetchMedia(channelAccess(channel), source);
    await storeFetched(ctx, id, media, fetched);
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    await failMedia(ctx, id, error);
  }
}

function findPending(ctx: Ctx, id: MediaId) {
  return inTransaction(ctx, (tx) =>
    tx.db.media.findFirst({
      where: { id, status: "pending" },
      include: { message: { select: { type: true, channel: true } } },
    }),
  );
}

type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>;

async function storeFetched(ctx: Ctx, id: MediaId, media: Pending, fetched: OutgoingMedia): Promise<void> {
  const file = await stageFile(fetched.bytes, FILE_BYTES_MAX);
  try {
    const facts = await inspectFile(file, media.mimeType ?? fetched.mimeType);
    const { mimeType, width, height, durationS } = merged(media, facts);
    // Only documents have a name on WhatsApp; the gateway invents one for the rest.
    const invented = media.message?.type !== "document";
    const fileName = media.fileName ?? (invented ? null : cleanFileName(fetched.fileName));
    const columns = { mimeType, width, height, durationS, fileName, sizeBytes: file.sizeBytes };
    await keepFile(ctx, id, file, facts, async (tx, hashes) => {
      const data = { ...columns, ...hashes };
      const { count } = await tx.db.media.updateMany({ where: { id, status: "pending" }, data });
      return count === 1;
    });
  } finally {
    await discardFile(file);
  }
}

/** The file's own word before the sender's; but WhatsApp's length of a voice note is what phones show. */
function merged(media: Media, facts: FileFacts) {
  return {
    mimeType: facts.mimeType,
    width: facts.width ?? media.width,
    height: facts.height ?? media.height,
    durationS: media.durationS ?? facts.durationS,
  };
}

/** No more tries by itself: the bubble shows why, and a button. */
export async function failMedia(ctx: Ctx, id: MediaId, error: unknown): Promise<void> {
  const errorCode = error === undefined ? "media_unavailable" : toErrorCode(error);
  const errorDetail = error instanceof AppError ? (error.detail ?? null) : null;
  await inTransaction(ctx, async (tx) => {
    const data = { status: "failed", errorCode, errorDetail } as const;
    const { count } = await tx.db.media.updateMany({ where: { id, status: "pending" }, data });
    if (count === 0) return;
    await tellOfMessage(tx, await tx.db.media.findUniqueOrThrow({ where: { id } }));
  });
}
