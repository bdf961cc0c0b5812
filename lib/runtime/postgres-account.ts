import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner its data folder already has,
 * else as `postgres`, else as `nobody`; no account is added to the machine. `undefined`: nobody to
 * change to, we are an ordinary user (or on Windows).
 */
export type Account = { uid: number; gid: number };

export function postgresAccount(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { uid, gid };
  }
  const account = accountNamed("postgres") ?? accountNamed("nobody");
  if (!account) throw new Error("PostgreSQL does not run as root. Start Recado as an ordinary user.");
  return account;
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

export type Command = { file: string; args: string[]; spawn: { uid?: number; gid?: number } };

/**
 * The command line that runs `file` as the account. On Linux util-linux' setpriv adds two things that
 * Node cannot: PostgreSQL shuts down when its launcher is killed, and it can reach a folder that only
 * root may enter (a clone in /root, or in a private temporary folder).
 */
export function commandAs(
  account: Account | undefined,
  file: string,
  args: string[],
  { dieWithParent, folders }: { dieWithParent: boolean; folders: string[] },
): Command {
  const closedTo = account && folders.find((folder) => !mayEnter(account, folder));
  if (!setprivWorks()) {
    if (closedTo) {
      throw new Error(
        `PostgreSQL does not run as root, and its own account cannot enter ${closedTo}. ` +
          "Start Recado as an ordinary user, or move it to a folder that everybody may enter.",
      );
    }
    return { file, args, spawn: account ?? {} };
  }
  const flags: string[] = [];
  if (account) flags.push(`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups");
  // The securebit makes access(2), which initdb asks, count the capability as well.
  if (closedTo) {
    flags.push("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup");
  }
  if (dieWithParent) flags.push("--pdeathsig=INT");
  return { file: "setpriv", args: [...flags, file, ...args], spawn: {} };
}

let setpriv: boolean | undefined;

function setprivWorks(): boolean {
  if (process.platform !== "linux") return false;
  setpriv ??=
    spawnSync("setpriv", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;
  return setpriv;
}

function mayEnter({ uid, gid }: Account, folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at)) {
      const entry = statSync(at);
      const bit = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
      if (entry.isDirectory() && (entry.mode & bit) === 0) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
