import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { uploadMedia } from "#lib/domain/media/receive-upload.ts";
import { addIncomingMedia } from "#lib/domain/media/record-incoming.ts";
import { asId, type MediaId, type MessageId, newId } from "#lib/kernel/ids.ts";
import { openFile } from "#lib/storage/files.ts";
import { stageFile } from "#lib/storage/stage-file.ts";
import type { Media } from "#prisma/generated/client.ts";

type Chat = { ctx: Ctx; channel: { id: string }; conversation: { id: string } };

/** A message as the receive path leaves it, without its file. */
export async function aMessage(
  { ctx, channel, conversation }: Chat,
  type: "image" | "document" = "image",
): Promise<MessageId> {
  const id = newId("message");
  const now = new Date();
  await inTransaction(ctx, (tx) =>
    tx.db.message.create({
      data: {
        id,
        conversationId: conversation.id,
        channelId: channel.id,
        direction: "inbound",
        type,
        status: "received",
        authorKind: "customer",
        sentAt: now,
        orderedAt: now,
      },
    }),
  );
  return id;
}

export async function anIncomingFile(
  chat: Chat,
  source: Parameters<typeof addIncomingMedia>[2],
): Promise<MediaId> {
  const messageId = await aMessage(chat);
  return inTransaction(chat.ctx, (tx) => addIncomingMedia(tx, messageId, source));
}

export async function anUpload(ctx: Ctx, bytes: Uint8Array, fileName = "foto.jpg"): Promise<Media> {
  const file = await stageFile(bytes, 200_000_000);
  return uploadMedia(ctx, { file, fileName, mimeType: null, fields: {} });
}

export function mediaRow(ctx: Ctx, id: string): Promise<Media | null> {
  return inTransaction(ctx, (tx) => tx.db.media.findUnique({ where: { id } }));
}

export async function isStored(ctx: Ctx, hash: string | null): Promise<boolean> {
  const stream = hash ? await openFile(ctx.tenantId, hash) : null;
  await stream?.cancel();
  return stream !== null;
}

export const mediaIdOf = (row: Pick<Media, "id">): MediaId => asId("media", row.id);
