import { rowId } from "../ids.ts";
import { bytes, type Database, number, text } from "./database.ts";

export type StoredMedia = { bytes: Uint8Array<ArrayBuffer>; mimeType: string; fileName: string };

export function storeMedia(
  db: Database,
  media: { bytes: Uint8Array; mimeType: string; fileName: string },
): string {
  const id = rowId();
  db.run(
    "INSERT INTO media (id, bytes, mime_type, file_name) VALUES (?, ?, ?, ?)",
    id,
    media.bytes,
    media.mimeType,
    media.fileName,
  );
  return id;
}

export function findMedia(db: Database, id: string): StoredMedia | null {
  const row = db.row("SELECT bytes, mime_type, file_name FROM media WHERE id = ?", id);
  if (!row) return null;
  return { bytes: bytes(row, "bytes"), mimeType: text(row, "mime_type"), fileName: text(row, "file_name") };
}

/** What a bubble says of its file, without reading the file. */
export function describeMedia(
  db: Database,
  id: string,
): { mimeType: string; fileName: string; sizeBytes: number } | null {
  const row = db.row("SELECT mime_type, file_name, length(bytes) AS size FROM media WHERE id = ?", id);
  if (!row) return null;
  return {
    mimeType: text(row, "mime_type"),
    fileName: text(row, "file_name"),
    sizeBytes: number(row, "size"),
  };
}
