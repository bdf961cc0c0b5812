import { baseType } from "./limits.ts";
import { UNKNOWN_TYPE } from "./sniff.ts";

/** What browsers show or play by themselves and cannot be made to run anything. */
const SHOWN = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
  ["image/avif", "avif"],
  ["video/mp4", "mp4"],
  ["video/webm", "webm"],
  ["video/ogg", "ogv"],
  ["video/quicktime", "mov"],
  ["video/3gpp", "3gp"],
  ["audio/mpeg", "mp3"],
  ["audio/mp4", "m4a"],
  ["audio/aac", "aac"],
  ["audio/amr", "amr"],
  ["audio/ogg", "ogg"],
  ["audio/opus", "opus"],
  ["audio/webm", "weba"],
  ["audio/wav", "wav"],
  ["audio/flac", "flac"],
]);

/** Saved under their own type, so that the system offers the right program. */
const SAVED = new Map([
  ["application/pdf", "pdf"],
  ["application/zip", "zip"],
  ["application/rtf", "rtf"],
  ["application/msword", "doc"],
  ["application/vnd.ms-excel", "xls"],
  ["application/vnd.ms-powerpoint", "ppt"],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"],
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"],
  ["application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"],
  ["application/vnd.oasis.opendocument.text", "odt"],
  ["application/vnd.oasis.opendocument.spreadsheet", "ods"],
  ["text/plain", "txt"],
  ["text/csv", "csv"],
  ["text/vcard", "vcf"],
  ["text/calendar", "ics"],
]);

export type ServedType = { contentType: string; shown: boolean };

/** Everything that is on neither list (SVG, HTML, programs) is bytes to be saved, nothing more. */
export function servedType(mimeType: string | null): ServedType {
  const type = baseType(mimeType);
  if (SHOWN.has(type)) return { contentType: type, shown: true };
  if (!SAVED.has(type)) return { contentType: UNKNOWN_TYPE, shown: false };
  return { contentType: type.startsWith("text/") ? `${type}; charset=utf-8` : type, shown: false };
}

/** The file's own name, or one that says what it is. */
export function servedName(media: { id: string; fileName: string | null; mimeType: string | null }): string {
  if (media.fileName) return media.fileName;
  const type = baseType(media.mimeType);
  const [family = ""] = type.split("/");
  const ending = SHOWN.get(type) ?? SAVED.get(type);
  const word = isFamily(family) ? family : "file";
  return `${word}-${media.id.slice(-8)}${ending ? `.${ending}` : ""}`;
}

function isFamily(family: string): boolean {
  return family === "image" || family === "video" || family === "audio";
}
