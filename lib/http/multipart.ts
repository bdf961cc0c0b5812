import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import type { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import type { StagedFile } from "#lib/storage/file-store.ts";
import { discardFile, stageFile } from "#lib/storage/stage-file.ts";
import { invalidInput } from "./problem.ts";

/** Room for the fields and the boundaries around the file. */
const FORM_BYTES_MAX = 64 * 1024;

export type Upload<F> = { file: StagedFile; fileName: string | null; mimeType: string | null; fields: F };

type Form<S extends z.ZodType> = {
  fields: S;
  /** How much of the file is taken, by the fields that came before it. */
  bytesMax: (given: Readonly<Record<string, string>>) => number;
};

/**
 * A form with one file named `file`, written to disk as it arrives: no more of it is read than is
 * allowed. The caller puts or discards the staged file; on any error nothing stays behind.
 */
export async function readUpload<S extends z.ZodType>(
  request: Request,
  form: Form<S>,
): Promise<Upload<z.infer<S>>> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b.*\bboundary=/i.test(contentType) || !request.body)
    throw new AppError("unsupported_media_type");
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > form.bytesMax({}) + FORM_BYTES_MAX) throw new AppError("payload_too_large");
  const parts = await receive(request.body, contentType, form.bytesMax);
  const { file, fileName, mimeType, given } = parts;
  try {
    const parsed = form.fields.safeParse(given);
    if (!parsed.success) throw invalidInput(parsed.error, "body");
    if (!file) throw refused("missing", "must be given");
    // A limit that was only named after the file.
    if (file.sizeBytes > form.bytesMax(given)) throw new AppError("payload_too_large");
    return { file, fileName, mimeType, fields: parsed.data };
  } catch (error) {
    if (file) await discardFile(file);
    throw error;
  }
}

type Parts = {
  file: StagedFile | null;
  fileName: string | null;
  mimeType: string | null;
  given: Record<string, string>;
};

async function receive(
  body: ReadableStream<Uint8Array>,
  contentType: string,
  bytesMax: Form<z.ZodType>["bytesMax"],
): Promise<Parts> {
  const source = Readable.from(body);
  const parser = formParser(contentType);
  const parts: Parts = { file: null, fileName: null, mimeType: null, given: Object.create(null) };
  let part: Readable | undefined;
  let staging: Promise<void> | undefined;
  parser.on("field", (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut || Object.hasOwn(parts.given, name))
      source.destroy(refused("invalid", "a field is too long or given twice"));
    else parts.given[name] = value;
  });
  parser.on("file", (name, stream, fileName, _encoding, mimeType) => {
    if (name !== "file") return void source.destroy(refused("unknown_field", "is the only file there is"));
    Object.assign(parts, { fileName: fileName || null, mimeType });
    part = stream;
    // It may break before the file it goes to is open; the reader is to find it broken then.
    stream.on("error", (error) => stream.destroy(error));
    staging = stageFile(stream, bytesMax(parts.given)).then((file) => {
      parts.file = file;
    });
    // Stops reading at once; the reason comes out of `staging` below.
    staging.catch((error: Error) => source.destroy(error));
  });
  for (const event of ["filesLimit", "fieldsLimit", "partsLimit"] as const)
    parser.on(event, () => source.destroy(refused("too_many", "there is one file and a few fields")));
  try {
    await pipeline(source, parser);
    await staging;
    return parts;
  } catch (error) {
    // The parser leaves a part that it cannot finish open for ever.
    part?.destroy(error instanceof Error ? error : undefined);
    await staging?.catch(() => undefined);
    if (parts.file) await discardFile(parts.file);
    if (error instanceof AppError) throw error;
    // Cut off by the sender, or never a form at all.
    throw new AppError("invalid_input", {
      fields: [{ path: "file", code: "incomplete", message: "the form ends too early or cannot be read" }],
      cause: error,
    });
  }
}

function formParser(contentType: string) {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { files: 1, fields: 8, parts: 9, fieldNameSize: 100, fieldSize: 4000, headerPairs: 20 },
    });
  } catch (cause) {
    throw new AppError("unsupported_media_type", { cause });
  }
}

function refused(code: string, message: string): AppError {
  return new AppError("invalid_input", { fields: [{ path: "file", code, message }] });
}
