import { randomBytes } from "node:crypto";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { StartProblem } from "./progress.ts";

/** What a fresh installation needs and nobody should have to think up. Kept in the data folder, mode 600. */
const Secrets = z.object({
  databasePassword: z.string().min(1),
  authSecret: z.string().min(32),
  encryptionKeys: z.string().min(1),
  gatewayKey: z.string().min(1),
  realtimeKey: z.string().min(1),
  realtimeSecret: z.string().min(1),
});
export type Secrets = z.infer<typeof Secrets>;

export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new StartProblem(
      `${file} cannot be read (${error.code}). Give it back to the user who starts Recado.`,
    );
  });
  const stored = text === undefined ? {} : parseStored(text, file);
  const secrets = Secrets.safeParse({ ...invent(), ...stored });
  if (!secrets.success) throw damaged(file);
  if (JSON.stringify(stored) !== JSON.stringify(secrets.data)) await store(file, secrets.data);
  return secrets.data;
}

function parseStored(text: string, file: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  throw damaged(file);
}

function damaged(file: string): StartProblem {
  return new StartProblem(
    `${file} is damaged. Restore it from a backup; without it the database and the stored gateway keys cannot be opened.`,
  );
}

function invent(): Secrets {
  const secret = (bytes: number) => randomBytes(bytes).toString("hex");
  return {
    databasePassword: secret(24),
    authSecret: secret(32),
    encryptionKeys: `v1:${secret(32)}`,
    gatewayKey: secret(16),
    realtimeKey: secret(10),
    realtimeSecret: secret(20),
  };
}

/** Written beside and moved into place: a full disk or a crash leaves the old file. */
async function store(file: string, secrets: Secrets) {
  const fresh = `${file}.new`;
  await writeFile(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}
