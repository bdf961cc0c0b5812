/**
 * The bytes of media. A file's name is the SHA-256 of what is in it, within its tenant: the same photo
 * sent to a hundred chats lies there once, and no tenant can reach, or learn of, another's.
 * MEDIA_STORAGE says where.
 */
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { TenantId } from "#lib/kernel/ids.ts";
import { createDiskStore } from "./disk-store.ts";
import type { ByteRange, FileStore, FileStream, StagedFile } from "./file-store.ts";
import { createS3Store } from "./s3-store.ts";
import { mediaFolder } from "./stage-file.ts";

let chosen: FileStore | undefined;

function store(): FileStore {
  chosen ??= chooseStore();
  return chosen;
}

function chooseStore(): FileStore {
  const { MEDIA_STORAGE, S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_FORCE_PATH_STYLE } = env();
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env();
  if (MEDIA_STORAGE === "disk") return createDiskStore(mediaFolder());
  if (!S3_BUCKET || !accessKeyId || !secretAccessKey) throw new Error("S3 storage without its settings");
  return createS3Store({
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId,
    secretAccessKey,
    forcePathStyle: S3_FORCE_PATH_STYLE,
  });
}

const HASH = /^[0-9a-f]{64}$/;

/** Two levels of folders keep any one of them small. */
function keyOf(tenantId: TenantId, hash: string): string {
  if (!HASH.test(hash)) throw new Error("not the hash of a file");
  return `${tenantId}/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/** Takes the staged file over. The same bytes again are the same file. */
export function putFile(tenantId: TenantId, file: StagedFile): Promise<void> {
  return store().put(keyOf(tenantId, file.hash), file);
}

/** Null when the file is not there, which for a hash that a row names is a fault. */
export function openFile(tenantId: TenantId, hash: string, range?: ByteRange): Promise<FileStream | null> {
  return store().open(keyOf(tenantId, hash), range);
}

/** The whole of it, for what needs all bytes at once. */
export async function readFile(tenantId: TenantId, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const stream = await openFile(tenantId, hash);
  if (!stream) return null;
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new AppError("storage_unavailable", { cause });
  }
}

/** Only by the job that has made sure no row names it (domain/files/delete-files.ts). */
export function deleteFile(tenantId: TenantId, hash: string): Promise<void> {
  return store().remove(keyOf(tenantId, hash));
}
