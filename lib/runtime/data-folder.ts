import { constants, existsSync } from "node:fs";
import { access, mkdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartProblem } from "./progress.ts";

/** The folder everything lives in that outlasts a start; made when missing, and really written to. */
export async function ensureDataFolder(dataDir: string): Promise<void> {
  const probe = path.join(dataDir, `.probe-${process.pid}`);
  try {
    await makeFolder(dataDir);
    if (!(await stat(dataDir)).isDirectory())
      throw Object.assign(new Error("not a folder"), { code: "ENOTDIR" });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new StartProblem(
      `${dataDir} cannot be written (${REASONS[code] ?? code}). ${ADVICE[code] ?? DEFAULT_ADVICE}`,
    );
  }
}

/** By hand: Node's own recursive mkdir never returns where the system answers ENOENT (below /proc). */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder);
}

const DEFAULT_ADVICE = "Give it to the user who starts Recado, or set DATA_DIR to another folder.";
const REASONS: Record<string, string> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "it is not a folder",
  EEXIST: "it is not a folder",
  ENOENT: "it cannot be made",
};
const ADVICE: Record<string, string> = {
  ENOSPC: "Make room and start again.",
};
