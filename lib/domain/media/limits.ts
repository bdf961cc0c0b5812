import type { MessageType } from "#lib/domain/messages/schema.ts";
import { AppError } from "#lib/kernel/errors.ts";

/**
 * What WhatsApp takes, by the kind of message a file goes out as (whatsapp-cloud/CONTRACT.md, table of
 * section 5; the gateway hands files to the same WhatsApp, evolution/CONTRACT.md section 7).
 */
export const FILE_KINDS = ["image", "video", "audio", "voice", "document", "sticker"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const MB = 1024 * 1024;

/** Of anything, in either direction. */
export const FILE_BYTES_MAX = 100 * MB;

type Rule = { bytesMax: number; types: ReadonlySet<string> | "any" };

const RULES: Record<FileKind, Rule> = {
  image: { bytesMax: 5 * MB, types: new Set(["image/jpeg", "image/png"]) },
  video: { bytesMax: 16 * MB, types: new Set(["video/mp4", "video/3gpp"]) },
  audio: {
    bytesMax: 16 * MB,
    types: new Set(["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"]),
  },
  // Whatever browsers record: the gateway makes ogg/opus of it (evolution/CONTRACT.md section 7).
  voice: {
    bytesMax: 16 * MB,
    types: new Set([
      "audio/aac",
      "audio/amr",
      "audio/mpeg",
      "audio/mp4",
      "audio/ogg",
      "audio/webm",
      "audio/wav",
    ]),
  },
  document: { bytesMax: FILE_BYTES_MAX, types: "any" },
  // 500 KB is the limit of an animated one; a still one has less (below).
  sticker: { bytesMax: 500 * 1024, types: new Set(["image/webp"]) },
};

const STILL_STICKER_BYTES_MAX = 100 * 1024;

/** How much of a file is read in before it is refused. */
export function bytesMaxOf(kind: FileKind | undefined): number {
  return kind === undefined ? FILE_BYTES_MAX : RULES[kind].bytesMax;
}

export function isFileKind(type: MessageType): type is FileKind {
  return FILE_KINDS.some((kind) => kind === type);
}

type Sized = { mimeType: string | null; sizeBytes: number | null; animated?: boolean };

export type Misfit = "wrong_kind" | "too_large";

/** Why WhatsApp would not take the file as this kind of message; null when it would. */
export function misfit(kind: FileKind, { mimeType, sizeBytes, animated }: Sized): Misfit | null {
  const { types, bytesMax } = RULES[kind];
  if (types !== "any" && !types.has(baseType(mimeType))) return "wrong_kind";
  const still = kind === "sticker" && animated === false;
  return (sizeBytes ?? 0) > (still ? STILL_STICKER_BYTES_MAX : bytesMax) ? "too_large" : null;
}

export const MISFIT_REASONS: Record<Misfit, string> = {
  wrong_kind: "is not a file that WhatsApp takes as this type of message; send it as a document",
  too_large: "is larger than WhatsApp takes for this type of message",
};

export function assertFits(kind: FileKind, file: Sized): void {
  const problem = misfit(kind, file);
  if (problem) throw new AppError("media_rejected", { detail: `The file ${MISFIT_REASONS[problem]}.` });
}

/** The type without its parameters: `audio/ogg` of `audio/ogg; codecs=opus`. */
export function baseType(mimeType: string | null): string {
  return mimeType?.split(";")[0]?.trim().toLowerCase() ?? "";
}
