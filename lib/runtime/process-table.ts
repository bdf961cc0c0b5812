import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What the system knows of a process. Zombies count as gone: they hold nothing but their number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The folder a process works in; undefined where the system does not tell (no /proc, another user's). */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Every process that works in this folder, where the system tells. */
export function processesIn(folder: string): number[] {
  return processesWhere((cwd) => cwd === folder);
}

/** Every process that works in this folder or below it. */
export function processesBelow(folder: string): number[] {
  return processesWhere((cwd) => cwd === folder || cwd.startsWith(`${folder}/`));
}

function processesWhere(matches: (cwd: string) => boolean): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => matches(workingFolder(pid) ?? "") && isAlive(pid));
  } catch {
    return [];
  }
}
