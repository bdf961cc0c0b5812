import { openAsBlob } from "node:fs";
import { rm } from "node:fs/promises";
import { S3mini, S3ServiceError } from "s3mini";
import { type ByteRange, type FileStore, type FileStream, type StagedFile, storing } from "./file-store.ts";

export type S3Settings = {
  /** Not given: Amazon's own. */
  endpoint?: string | undefined;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The bucket in the path instead of before the host's name. */
  forcePathStyle?: boolean | undefined;
};

/** For the answer to begin; a body may then take as long as its reader does. */
const ANSWER_TIMEOUT_MS = 10_000;
const UPLOAD_BYTES_PER_MS = 128;

/** Any S3-compatible storage. */
export function createS3Store(settings: S3Settings): FileStore {
  const { region, accessKeyId, secretAccessKey } = settings;
  const client = new S3mini({
    endpoint: bucketUrl(settings),
    region,
    accessKeyId,
    secretAccessKey,
    fetch: fetchInTime,
  });
  return {
    put: (key, file) => storing(() => upload(client, key, file)),
    open: (key, range) => storing(() => download(client, key, range)),
    remove: (key) => storing(() => remove(client, key)),
  };
}

/** Where the bucket is, in the two ways there are to say so. */
export function bucketUrl({ endpoint, bucket, region, forcePathStyle }: S3Settings): string {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (forcePathStyle ?? endpoint !== undefined) url.pathname = `${url.pathname.replace(/\/$/, "")}/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url.href;
}

async function upload(client: S3mini, key: string, file: StagedFile): Promise<void> {
  const body = await openAsBlob(file.path);
  // With the hash in the signature the storage itself refuses what was damaged on the way.
  const headers = { "x-amz-content-sha256": file.hash };
  await client.putObject(key, body, "application/octet-stream", undefined, headers, file.sizeBytes);
  await rm(file.path, { force: true });
}

async function download(client: S3mini, key: string, range?: ByteRange): Promise<FileStream | null> {
  try {
    const answer = range
      ? await client.getObjectRaw(key, false, range.first, range.last + 1)
      : await client.getObjectRaw(key);
    return answer.body ?? new Blob([]).stream();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function remove(client: S3mini, key: string): Promise<void> {
  try {
    await client.deleteObject(key);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceError && error.status === 404 && error.serviceCode !== "NoSuchBucket";
}

/** fetch with a limit until the answer begins, the longer the more there is to send. */
const fetchInTime: typeof fetch = async (input, init) => {
  const bytes = init?.body instanceof Blob ? init.body.size : 0;
  const overdue = new AbortController();
  const limit = ANSWER_TIMEOUT_MS + Math.ceil(bytes / UPLOAD_BYTES_PER_MS);
  const timer = setTimeout(() => overdue.abort(new DOMException("no answer", "TimeoutError")), limit);
  try {
    return await fetch(input, { ...init, signal: overdue.signal });
  } finally {
    clearTimeout(timer);
  }
};
