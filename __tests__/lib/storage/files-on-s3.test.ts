import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { afterAll, expect, test } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import { deleteFile, openFile, putFile, readFile } from "#lib/storage/files.ts";
import { mediaFolder, stageFile } from "#lib/storage/stage-file.ts";

const folder = await mkdtemp(path.join(os.tmpdir(), "recado-s3-"));
const server = new S3rver({
  port: 0,
  address: "127.0.0.1",
  silent: true,
  directory: folder,
  configureBuckets: [{ name: "recado-media", configs: [] }],
});
const { port } = await server.run();
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

Object.assign(process.env, {
  MEDIA_STORAGE: "s3",
  S3_ENDPOINT: `http://127.0.0.1:${port}`,
  S3_BUCKET: "recado-media",
  S3_ACCESS_KEY_ID: "S3RVER",
  S3_SECRET_ACCESS_KEY: "S3RVER",
});

test("the setting decides where files lie, each tenant's apart", async () => {
  const [mine, theirs] = [newId("tenant"), newId("tenant")];
  const file = await stageFile(Buffer.from("en el balde"), 100);
  await putFile(mine, file);
  expect(new TextDecoder().decode((await readFile(mine, file.hash)) ?? undefined)).toBe("en el balde");
  expect(await openFile(theirs, file.hash)).toBeNull();
  expect(existsSync(path.join(mediaFolder(), mine))).toBe(false);
  await deleteFile(theirs, file.hash);
  expect(await readFile(mine, file.hash)).not.toBeNull();
  await deleteFile(mine, file.hash);
  expect(await openFile(mine, file.hash)).toBeNull();
});

test("only hashes name files", async () => {
  for (const name of ["../../secrets.json", "", "x".repeat(64), "a".repeat(63)])
    expect(() => openFile(newId("tenant"), name)).toThrow("not the hash of a file");
});
