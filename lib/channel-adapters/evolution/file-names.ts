/** Endings of files, by which the gateway finds the type of what it sends (CONTRACT §7, sendMedia). */
import { extname } from "node:path";
import type { OutgoingMedia } from "#lib/channel-adapters/contract.ts";

/** First the ending we give, then those that say the same. */
const ENDINGS: Record<string, string[]> = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "video/mp4": ["mp4", "m4v"],
  "video/3gpp": ["3gp"],
  "video/quicktime": ["mov"],
  "video/webm": ["webm"],
  "audio/mpeg": ["mp3"],
  "audio/mp4": ["m4a"],
  "audio/aac": ["aac"],
  "audio/amr": ["amr"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/wav": ["wav"],
  "audio/webm": ["weba", "webm"],
  "application/pdf": ["pdf"],
  "application/zip": ["zip"],
  "application/json": ["json"],
  "application/msword": ["doc"],
  "application/vnd.ms-excel": ["xls"],
  "application/vnd.ms-powerpoint": ["ppt"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx"],
  "text/plain": ["txt"],
  "text/csv": ["csv"],
  "text/vcard": ["vcf"],
  "application/octet-stream": ["bin"],
};

/** Without an ending that it knows, the gateway sends the word `false` for a type. */
export function fileNameFor(media: OutgoingMedia): string {
  const name = media.fileName.replace(/[\\/\0]/g, "_").trim() || "file";
  const ending = extname(name).slice(1).toLowerCase();
  const type = media.mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
  const fitting = ENDINGS[type];
  if (fitting?.includes(ending)) return name;
  // Bytes of no special type keep whatever name they came with, as long as it says anything.
  const special = fitting !== undefined && type !== "application/octet-stream";
  if (!special && /^[a-z0-9]{2,5}$/.test(ending)) return name;
  return `${name}.${fitting?.[0] ?? "bin"}`;
}
