import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { env } from "./env.ts";

/**
 * Secrets at rest: AES-256-GCM, `v1.<iv>.<tag>.<data>` in base64url. The version names the key of
 * ENCRYPTION_KEYS; `context` (for example the row's id) is authenticated, so that a value moved to
 * another row does not decrypt.
 */
export function encrypt(plain: string, context: string): string {
  const newest = env().ENCRYPTION_KEYS[0];
  if (!newest) throw new Error("ENCRYPTION_KEYS is empty");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(newest.key, "hex"), iv);
  cipher.setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [newest.version, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString("base64url"))].join(
    ".",
  );
}

export function decrypt(stored: string, context: string): string {
  const [version, iv, tag, data] = stored.split(".");
  const key = env().ENCRYPTION_KEYS.find((candidate) => candidate.version === version);
  if (!key || !iv || !tag || data === undefined) throw new Error(`no key for a secret of version ${version}`);
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key.key, "hex"), Buffer.from(iv, "base64url"));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(data, "base64url")), decipher.final()]).toString("utf8");
}

/** Equal without telling by time how much of it is. */
export function constantTimeEqual(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function hmacSha256(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** A secret nobody guesses: 32 random bytes in base64url. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}
