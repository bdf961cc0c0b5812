import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type StagedFile, storing } from "./file-store.ts";

/** What a killed process left behind is older than any upload takes. */
const ABANDONED_MS = 24 * 3600 * 1000;

export function mediaFolder(): string {
  return path.resolve(env().DATA_DIR, "media");
}

const folder = () => path.join(mediaFolder(), "incoming");

let tidied = false;

/**
 * Writes bytes to disk as they come, hashing them; over `bytesMax` it stops there with
 * `payload_too_large`. Whoever gets the file puts it or discards it.
 */
export async function stageFile(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<StagedFile> {
  const file = path.join(folder(), randomUUID());
  const handle = await storing(async () => {
    await mkdir(folder(), { recursive: true });
    return open(file, "wx", 0o600);
  });
  if (!tidied) {
    tidied = true;
    void removeAbandoned().catch(() => undefined);
  }
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > bytesMax) throw new AppError("payload_too_large");
      hash.update(chunk);
      await storing(() => handle.writeFile(chunk));
    }
    await storing(() => handle.sync());
    await handle.close();
    return { path: file, hash: hash.digest("hex"), sizeBytes };
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
}

export async function discardFile(file: StagedFile): Promise<void> {
  await rm(file.path, { force: true });
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(folder())) {
    const file = path.join(folder(), name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(file, { force: true });
  }
}
