import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import { AppError } from "#lib/kernel/errors.ts";

/** argon2id with the parameters OWASP recommends for it (19 MiB, 2 passes). */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const COMMON = new Set<string>(dictionary["passwords-common"]);

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** Refuses passwords that a list of leaked ones would find, plain or with digits around, and the person's own data. */
export function assertStrongPassword(password: string, personal: readonly string[], path = "password"): void {
  const lower = password.toLowerCase();
  const core = lower.replace(/^[\d\W_]+|[\d\W_]+$/g, "");
  const found = [lower, core].some((word) => word.length > 2 && COMMON.has(word));
  const few = new Set(lower).size < 5;
  const own = personal
    .flatMap((text) => text.toLowerCase().split(/[\s@.]+/))
    .some((word) => word.length >= 4 && core === word);
  if (!found && !few && !own) return;
  const message = "is too easy to guess";
  throw new AppError("weak_password", { fields: [{ path, code: "weak_password", message }] });
}
