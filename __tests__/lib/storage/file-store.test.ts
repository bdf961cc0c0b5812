import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDiskStore } from "#lib/storage/disk-store.ts";
import type { FileStore } from "#lib/storage/file-store.ts";
import { bucketUrl, createS3Store } from "#lib/storage/s3-store.ts";
import { mediaFolder, stageFile } from "#lib/storage/stage-file.ts";

const folder = await mkdtemp(path.join(os.tmpdir(), "recado-s3-"));
const server = new S3rver({
  port: 0,
  address: "127.0.0.1",
  silent: true,
  directory: folder,
  configureBuckets: [{ name: "recado-media", configs: [] }],
});
let endpoint = "";
beforeAll(async () => {
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const KEYS = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER", region: "us-east-1" };

const STORES: [string, () => FileStore][] = [
  ["disk", () => createDiskStore(mediaFolder())],
  ["S3", () => createS3Store({ endpoint, bucket: "recado-media", ...KEYS })],
];

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);
const text = async (stream: ReadableStream<Uint8Array<ArrayBuffer>> | null) =>
  stream ? new Response(stream).text() : null;
const keyOf = (hash: string) => `tnt_a/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;

async function put(store: FileStore, content: Uint8Array): Promise<string> {
  const file = await stageFile(content, 1_000_000_000);
  const key = keyOf(file.hash);
  await store.put(key, file);
  expect(existsSync(file.path), "the staged copy is used up").toBe(false);
  return key;
}

describe.each(STORES)("%s", (_name, make) => {
  test("gives back what was put, whole and in ranges", async () => {
    const store = make();
    const key = await put(store, Buffer.from("hola, ¿qué tal?"));
    expect(await text(await store.open(key))).toBe("hola, ¿qué tal?");
    expect(await text(await store.open(key, { first: 0, last: 3 }))).toBe("hola");
    expect(await text(await store.open(key, { first: 1, last: 1 }))).toBe("o");
  });

  test("takes files larger than any buffer", async () => {
    const store = make();
    const content = bytes(12_000_001);
    const key = await put(store, content);
    const stream = await store.open(key);
    const back = new Uint8Array(await new Response(stream).arrayBuffer());
    expect(Buffer.compare(back, content)).toBe(0);
    const tail = new Uint8Array(
      await new Response(await store.open(key, { first: 12_000_000, last: 12_000_000 })).arrayBuffer(),
    );
    expect([...tail]).toEqual([12_000_000 % 251]);
  });

  test("takes the same bytes twice, under one key", async () => {
    const store = make();
    const first = await put(store, Buffer.from("dos veces"));
    expect(await put(store, Buffer.from("dos veces"))).toBe(first);
    expect(await text(await store.open(first))).toBe("dos veces");
  });

  test("has nothing under an unknown key, and nothing after a removal, however often", async () => {
    const store = make();
    const key = await put(store, Buffer.from("se va"));
    await store.remove(key);
    await store.remove(key);
    expect(await store.open(key)).toBeNull();
    expect(await store.open(keyOf("f".repeat(64)))).toBeNull();
  });

  test("lets a reader go away in the middle", async () => {
    const store = make();
    const key = await put(store, bytes(3_000_000));
    const stream = await store.open(key);
    const reader = stream?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect((await text(await store.open(key, { first: 7, last: 7 })))?.length).toBe(1);
  });
});

describe("a storage that does not work is said to be unavailable", () => {
  const failing: [string, () => FileStore][] = [
    ["wrong key", () => createS3Store({ endpoint, bucket: "recado-media", ...KEYS, accessKeyId: "x" })],
    ["no such bucket", () => createS3Store({ endpoint, bucket: "not-there", ...KEYS })],
    ["nobody there", () => createS3Store({ endpoint: "http://127.0.0.1:1", bucket: "recado", ...KEYS })],
    ["a disk that is none", () => createDiskStore("/dev/null/media")],
  ];
  test.each(failing)("%s", async (_name, make) => {
    const file = await stageFile(Buffer.from("x"), 10);
    const key = keyOf(file.hash);
    const unavailable = expect.objectContaining({ code: "storage_unavailable" });
    await expect(make().put(key, file)).rejects.toEqual(unavailable);
    await expect(make().open(key)).rejects.toEqual(unavailable);
  });
});

describe("staging", () => {
  async function* inPieces(pieces: number, size: number) {
    for (let at = 0; at < pieces; at++) yield bytes(size);
  }
  const staged = () => readdir(path.join(mediaFolder(), "incoming"));

  test("hashes what comes in pieces", async () => {
    const [whole, pieces] = [
      await stageFile(Buffer.concat([bytes(1000), bytes(1000), bytes(1000)]), 3000),
      await stageFile(inPieces(3, 1000), 3000),
    ];
    expect(pieces).toMatchObject({ hash: whole.hash, sizeBytes: 3000 });
  });

  test("stops at the limit and leaves nothing behind", async () => {
    const before = await staged();
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1000;
        yield bytes(1000);
      }
    }
    await expect(stageFile(endless(), 5000)).rejects.toMatchObject({ code: "payload_too_large" });
    expect(given).toBeLessThanOrEqual(7000);
    expect(await staged()).toEqual(before);
  });
});

test("the bucket is named in the path or before the host", () => {
  const settings = { bucket: "media", ...KEYS };
  expect(bucketUrl(settings)).toBe("https://media.s3.us-east-1.amazonaws.com/");
  expect(bucketUrl({ ...settings, forcePathStyle: true })).toBe("https://s3.us-east-1.amazonaws.com/media");
  expect(bucketUrl({ ...settings, endpoint: "http://localhost:9000" })).toBe("http://localhost:9000/media");
  expect(bucketUrl({ ...settings, endpoint: "https://r2.example/x/", forcePathStyle: true })).toBe(
    "https://r2.example/x/media",
  );
  expect(bucketUrl({ ...settings, endpoint: "https://s3.example", forcePathStyle: false })).toBe(
    "https://media.s3.example/",
  );
});
