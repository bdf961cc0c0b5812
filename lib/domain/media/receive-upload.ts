import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { StagedFile } from "#lib/storage/file-store.ts";
import { discardFile } from "#lib/storage/stage-file.ts";
import type { Media } from "#prisma/generated/client.ts";
import { inspectFile } from "./check-file.ts";
import { cleanFileName } from "./file-names.ts";
import { MISFIT_REASONS, misfit } from "./limits.ts";
import type { UploadFields } from "./schema.ts";
import { keepFile } from "./store-file.ts";

type Upload = { file: StagedFile; fileName: string | null; mimeType: string | null; fields: UploadFields };

/**
 * Keeps a file that a member or a program wants to send. Its type is what its bytes say, not its label.
 * The staged file is used up, whatever happens.
 */
export async function uploadMedia(ctx: Ctx, upload: Upload): Promise<Media> {
  try {
    return await keepUpload(ctx, upload);
  } finally {
    await discardFile(upload.file);
  }
}

async function keepUpload(ctx: Ctx, { file, fileName, mimeType, fields }: Upload): Promise<Media> {
  if (file.sizeBytes === 0) throw refused("empty", "is empty");
  const facts = await inspectFile(file, mimeType);
  const sized = { ...facts, sizeBytes: file.sizeBytes };
  const problem = fields.as && misfit(fields.as, sized);
  if (problem === "too_large") throw new AppError("payload_too_large");
  if (problem) throw refused(problem, MISFIT_REASONS[problem]);
  const id = newId("media");
  const columns = {
    id,
    status: "pending" as const,
    mimeType: facts.mimeType,
    fileName: cleanFileName(fileName),
    sizeBytes: file.sizeBytes,
    width: facts.width,
    height: facts.height,
    // Recordings of browsers often do not say how long they are; the recorder knows.
    durationS: facts.durationS ?? fields.durationS ?? null,
    waveform: fields.waveform ?? [],
  };
  const kept = await keepFile(ctx, id, file, facts, async (tx, hashes) => {
    await tx.db.media.create({ data: { ...columns, ...hashes } });
    return true;
  });
  if (!kept) throw new Error("an upload vanished while it was stored");
  return kept;
}

function refused(code: string, message: string): AppError {
  return new AppError("invalid_input", { fields: [{ path: "file", code, message }] });
}
