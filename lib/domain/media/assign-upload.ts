import type { Tx } from "#lib/domain/context.ts";
import type { MessageType } from "#lib/domain/messages/schema.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import type { Media } from "#prisma/generated/client.ts";
import { isFileKind, MISFIT_REASONS, type Misfit, misfit } from "./limits.ts";

/** Gives an uploaded file to the message that sends it. A file belongs to one message; sending it twice takes two uploads. */
export async function attachUpload(
  tx: Tx,
  mediaId: MediaId,
  messageId: string,
  type: MessageType,
): Promise<void> {
  const media = await tx.db.media.findUnique({ where: { id: mediaId } });
  const problem = problemOf(media, type);
  if (problem) throw refusal(problem);
  // Two sends of one file at the same time: one of them gets it.
  const { count } = await tx.db.media.updateMany({
    where: { id: mediaId, messageId: null },
    data: { messageId },
  });
  if (count === 0) throw refusal("already_sent");
}

type Problem = "not_found" | "already_sent" | Misfit;

function problemOf(media: Media | null, type: MessageType): Problem | null {
  if (media?.status !== "ready") return "not_found";
  if (media.messageId !== null) return "already_sent";
  return isFileKind(type) ? misfit(type, media) : "wrong_kind";
}

const REASONS: Record<Problem, string> = {
  not_found: "is not an uploaded file of this workspace",
  already_sent: "was sent with another message: upload it again",
  ...MISFIT_REASONS,
};

function refusal(problem: Problem): AppError {
  return new AppError("invalid_input", {
    fields: [{ path: "mediaId", code: problem, message: REASONS[problem] }],
  });
}
