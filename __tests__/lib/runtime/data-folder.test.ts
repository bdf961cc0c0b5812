import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureDataFolder } from "#lib/runtime/data-folder.ts";
import { readLaunchNote, takeLaunchLock } from "#lib/runtime/launch-lock.ts";
import { freePort, isPortFree, nextFreePort } from "#lib/runtime/ports.ts";
import { loadSecrets } from "#lib/runtime/secrets.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "recado-data-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the data folder", () => {
  test("is made with its parents", async () => {
    await ensureDataFolder(path.join(folder, "a/b"));
    expect((await stat(path.join(folder, "a/b"))).isDirectory()).toBe(true);
  });

  test("that is a file, or cannot be made, is one clear line", async () => {
    await writeFile(path.join(folder, "file"), "");
    await expect(ensureDataFolder(path.join(folder, "file"))).rejects.toThrow(
      /cannot be written \(it is not a folder\)/,
    );
    await expect(ensureDataFolder("/proc/recado")).rejects.toThrow(/cannot be written .* set DATA_DIR/);
  });
});

describe("secrets", () => {
  test("are invented once, for their owner's eyes only, and stay the same", async () => {
    const first = await loadSecrets(folder);
    expect(await loadSecrets(folder)).toEqual(first);
    expect((await stat(path.join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
    expect((await loadSecrets(await mkdtemp(path.join(folder, "other-")))).authSecret).not.toBe(
      first.authSecret,
    );
  });

  test("that a newer version needs are added to those that are there", async () => {
    const { realtimeKey: _, ...older } = await loadSecrets(folder);
    await writeFile(path.join(folder, "secrets.json"), JSON.stringify(older));
    const loaded = await loadSecrets(folder);
    expect(loaded).toMatchObject(older);
    expect(JSON.parse(await readFile(path.join(folder, "secrets.json"), "utf8"))).toEqual(loaded);
  });

  test("are never replaced because their file is damaged", async () => {
    await writeFile(path.join(folder, "secrets.json"), '{"authSecret": "x');
    await expect(loadSecrets(folder)).rejects.toThrow(/damaged. Restore it from a backup/);
    expect(await readFile(path.join(folder, "secrets.json"), "utf8")).toBe('{"authSecret": "x');
  });
});

describe("the launch lock", () => {
  test("refuses a second launcher and tells where the first one is", async () => {
    const lock = await takeLaunchLock(folder);
    await expect(takeLaunchLock(folder)).rejects.toThrow(/already starting/);
    await lock.update({ url: "http://localhost:3000", parts: { web: 7 } });
    await expect(takeLaunchLock(folder)).rejects.toThrow(
      /already running in this folder: http:\/\/localhost:3000/,
    );
    await lock.release();
    expect(await readLaunchNote(folder)).toBeUndefined();
    await (await takeLaunchLock(folder)).release();
  });

  test("of a launcher that was killed is taken over, with what it left behind", async () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const note = { pid: gone, token: "t", statusPort: await freePort(), parts: { web: gone } };
    await writeFile(path.join(folder, "launcher.json"), JSON.stringify(note));
    const lock = await takeLaunchLock(folder);
    expect(lock.leftover?.parts).toEqual({ web: gone });
    await lock.release();
  });

  test("whose process number another program has by now does not block", async () => {
    const note = { pid: process.pid, token: "t", statusPort: await freePort(), parts: {} };
    await writeFile(path.join(folder, "launcher.json"), JSON.stringify(note));
    await (await takeLaunchLock(folder)).release();
  });

  test("that is half-written does not block", async () => {
    await writeFile(path.join(folder, "launcher.json"), '{"pid":');
    await chmod(path.join(folder, "launcher.json"), 0o600);
    await (await takeLaunchLock(folder)).release();
  });
});

test("a taken port moves to the next free one", async () => {
  const port = await freePort();
  const holder = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  expect(await isPortFree(port)).toBe(false);
  expect(await nextFreePort(port)).toBeGreaterThan(port);
  await new Promise((resolve) => holder.close(resolve));
  expect(await nextFreePort(port)).toBe(port);
});
