import { AppError } from "#lib/kernel/errors.ts";

/** First and last byte, both included, as HTTP counts them. */
export type ByteRange = { first: number; last: number };

export type FileStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** A complete file on this machine's disk, written through, that is not in the store yet. */
export type StagedFile = { path: string; hash: string; sizeBytes: number };

/** Where files are kept. Keys are made in files.ts; what lies under one never changes. */
export interface FileStore {
  /** The staged file is copied or moved; all of it is there afterwards, or nothing. */
  put(key: string, file: StagedFile): Promise<void>;
  /** Null when there is no such file. */
  open(key: string, range?: ByteRange): Promise<FileStream | null>;
  /** Gone already is fine. */
  remove(key: string): Promise<void>;
}

/** The store's own failures (disk full, no connection, refused keys) under one code, cause kept for the log. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("storage_unavailable", { cause });
  }
}
