import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { hasCode } from "./error-codes.ts";
import { type ByteRange, type FileStore, type FileStream, type StagedFile, storing } from "./file-store.ts";

const CHUNK_BYTES = 128 * 1024;

/** Files below one folder. Staging happens on the same disk, so a put is a rename. */
export function createDiskStore(folder: string): FileStore {
  const at = (key: string) => path.join(folder, ...key.split("/"));
  return {
    put: (key, file) => storing(() => moveIn(at(key), file)),
    open: (key, range) => storing(() => openAt(at(key), range)),
    remove: (key) => storing(() => rm(at(key), { force: true })),
  };
}

async function moveIn(target: string, file: StagedFile): Promise<void> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  await rename(file.path, target);
  // The bytes were written through when staged; this is for their name.
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openAt(file: string, range?: ByteRange): Promise<FileStream | null> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, "r");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
  let position = range?.first ?? 0;
  const end = range ? range.last + 1 : Number.POSITIVE_INFINITY;
  return new ReadableStream({
    async pull(controller) {
      const room = Math.min(CHUNK_BYTES, end - position);
      const { bytesRead, buffer } = await handle.read(new Uint8Array(room), 0, room, position);
      position += bytesRead;
      if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
      if (bytesRead > 0 && position < end) return;
      await handle.close();
      controller.close();
    },
    cancel: () => handle.close(),
  });
}
