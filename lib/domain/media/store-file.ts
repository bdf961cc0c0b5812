import { type Ctx, emit, inTransaction, type Tx } from "#lib/domain/context.ts";
import { queueDeletion } from "#lib/domain/files/delete-files.ts";
import { lockToName } from "#lib/domain/files/file-lock.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import type { StagedFile } from "#lib/storage/file-store.ts";
import { putFile } from "#lib/storage/files.ts";
import { discardFile, stageFile } from "#lib/storage/stage-file.ts";
import type { Media, Prisma } from "#prisma/generated/client.ts";
import type { FileFacts } from "./check-file.ts";
import { FILE_BYTES_MAX } from "./limits.ts";

/** How the row comes to name the file: an update of the one that waits for it, or an insert. */
type NameFile = (tx: Tx, columns: FileColumns) => Promise<boolean>;
export type FileColumns = Pick<
  Prisma.MediaUncheckedUpdateInput & Prisma.MediaUncheckedCreateInput,
  "hash" | "thumbHash"
>;

/**
 * Puts a staged file and its thumbnail into the store and makes the row `ready`. First the row names the
 * bytes, then they are put, then the row says so: killed in between, the next try does it again. Null
 * when the row is gone, with its message or its chat.
 */
export async function keepFile(
  ctx: Ctx,
  id: MediaId,
  file: StagedFile,
  facts: FileFacts,
  nameFile: NameFile,
): Promise<Media | null> {
  const thumbnail = facts.thumbnail && (await stageFile(facts.thumbnail, FILE_BYTES_MAX));
  const staged = thumbnail ? [file, thumbnail] : [file];
  try {
    const named = await inTransaction(ctx, async (tx) => {
      await lockToName(
        tx,
        staged.map(({ hash }) => hash),
      );
      return nameFile(tx, { hash: file.hash, thumbHash: thumbnail?.hash ?? null });
    });
    if (!named) return null;
    for (const each of staged) await putFile(ctx.tenantId, each);
  } finally {
    await Promise.all(staged.map(discardFile));
  }
  return inTransaction(ctx, (tx) =>
    markReady(
      tx,
      id,
      staged.map(({ hash }) => hash),
    ),
  );
}

async function markReady(tx: Tx, id: MediaId, hashes: string[]): Promise<Media | null> {
  const data = { status: "ready", readyAt: new Date(), errorCode: null, errorDetail: null } as const;
  const { count } = await tx.db.media.updateMany({ where: { id }, data });
  if (count === 0) queueDeletion(tx, hashes);
  const media = await tx.db.media.findUnique({ where: { id } });
  if (media) await tellOfMessage(tx, media);
  return media;
}

/** What is shown of the message has changed. */
export async function tellOfMessage(tx: Tx, { messageId }: Pick<Media, "messageId">): Promise<void> {
  if (messageId === null) return;
  const message = await tx.db.message.findUnique({
    where: { id: messageId },
    select: { conversationId: true },
  });
  if (message) emit(tx, { type: "message.updated", messageId, conversationId: message.conversationId });
}
