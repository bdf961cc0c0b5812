import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { z } from "zod";
import { isAlive } from "./process-table.ts";
import { StartProblem } from "./progress.ts";

/**
 * One launcher per data folder. The note names a loopback port on which the launcher answers with the
 * note's own token: a process number alone may by now belong to another program.
 */
const Note = z.object({
  pid: z.number().int(),
  token: z.string(),
  statusPort: z.number().int(),
  /** Set when the product can be used. */
  url: z.string().optional(),
  realtimeUrl: z.string().optional(),
  sandboxUrl: z.string().optional(),
  databaseUrl: z.string().optional(),
  /** Process numbers of the parts that run, by name. */
  parts: z.record(z.string(), z.number().int()),
});
export type LaunchNote = z.infer<typeof Note>;

export type LaunchLock = {
  /** What the previous launcher left behind, if it did not end by itself. */
  leftover: LaunchNote | undefined;
  update(
    change: Partial<Pick<LaunchNote, "url" | "realtimeUrl" | "sandboxUrl" | "databaseUrl" | "parts">>,
  ): Promise<void>;
  release(): Promise<void>;
};

const noteFile = (dataDir: string) => path.join(dataDir, "launcher.json");

export async function takeLaunchLock(dataDir: string): Promise<LaunchLock> {
  const file = noteFile(dataDir);
  const token = randomUUID();
  const { server, port } = await answerWith(token);
  const note: LaunchNote = { pid: process.pid, token, statusPort: port, parts: {} };
  let leftover: LaunchNote | undefined;
  try {
    while (!(await writeNew(file, note))) {
      const other = await readLaunchNote(dataDir);
      if (other && (await isRunning(other))) throw alreadyRunning(other);
      leftover = other;
      await rm(file, { force: true });
    }
  } catch (error) {
    server.close();
    throw error;
  }

  let writing: Promise<void> = Promise.resolve();
  const update: LaunchLock["update"] = (change) => {
    Object.assign(note, change);
    const text = JSON.stringify(note);
    writing = writing.then(async () => {
      await writeFile(`${file}.new`, text, { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    return writing;
  };
  const release = async () => {
    await writing.catch(() => {});
    await rm(file, { force: true });
    server.close();
    server.closeAllConnections();
  };
  return { leftover, update, release };
}

export async function readLaunchNote(dataDir: string): Promise<LaunchNote | undefined> {
  try {
    return Note.parse(JSON.parse(await readFile(noteFile(dataDir), "utf8")));
  } catch {
    return undefined;
  }
}

async function writeNew(file: string, note: LaunchNote): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(note), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function answerWith(token: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => void response.end(token));
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : 0 });
    });
  });
}

async function isRunning(note: LaunchNote): Promise<boolean> {
  if (!isAlive(note.pid)) return false;
  try {
    const response = await fetch(`http://127.0.0.1:${note.statusPort}/`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await response.text()) === note.token;
  } catch (error) {
    // Alive but too busy to answer; a refused connection means that it is somebody else.
    return error instanceof Error && error.name === "TimeoutError";
  }
}

function alreadyRunning(other: LaunchNote): StartProblem {
  return new StartProblem(
    other.url
      ? `Recado is already running in this folder: ${other.url}`
      : "Recado is already starting in this folder.",
    `Stop it with Ctrl-C where it was started, or with: kill ${other.pid}`,
  );
}
