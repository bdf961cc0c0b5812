import type { Tx } from "#lib/domain/context.ts";
import type { MessageType } from "#lib/domain/messages/schema.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";

/** Gives an uploaded file to the message that sends it. A file belongs to one message; sending it twice takes two uploads. */
export async function attachUpload(tx: Tx, mediaId: MediaId, messageId: string, type: MessageType): Promise<void> {
  const media = await tx.db.media.findUnique({ where: { id: mediaId } });
  const problem = media?.status !== "ready" ? "not_found" : media.messageId !== null ? "already_sent" : kindProblem(type, media.mimeType);
  if (problem) {
    throw new AppError("invalid_input", { fields: [{ path: "mediaId", code: problem, message: REASONS[problem] }] });
  }
  await tx.db.media.update({ where: { id: mediaId }, data: { messageId } });
}

const REASONS = {
  not_found: "is not an uploaded file of this workspace",
  already_sent: "was sent with another message: upload it again",
  wrong_kind: "is not a file of this message type",
} as const;

/** Anything may go as a document; the rest must be what it says. */
function kindProblem(type: MessageType, mimeType: string | null): "wrong_kind" | null {
  const prefix = { image: "image/", video: "video/", audio: "audio/", voice: "audio/", sticker: "image/" };
  const wanted = new Map(Object.entries(prefix)).get(type);
  return wanted !== undefined && !mimeType?.startsWith(wanted) ? "wrong_kind" : null;
}
