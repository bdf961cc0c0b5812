import { randomBytes, randomInt, randomUUID } from "node:crypto";

let counter = 0;

/** The gateway's own row ids look like `cmwopwt4a0005ms7d9l12zda0`: 25 lower-case letters and digits. */
export function rowId(): string {
  counter = (counter + 1) % 1_679_616;
  const random = randomInt(2 ** 47)
    .toString(36)
    .padStart(12, "0")
    .slice(-12);
  return `c${Date.now().toString(36).slice(-8)}${counter.toString(36).padStart(4, "0")}${random}`;
}

export function instanceKey(): string {
  return randomUUID().toUpperCase();
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex").toUpperCase();
}

/** Message ids tell the device (evolution CONTRACT section 13.1). */
export const messageId = {
  gateway: () => `3EB0${hex(9)}`,
  iphone: () => `3A${hex(9)}`,
  android: () => `AC${hex(15)}`,
};

export function deviceOf(id: string): string {
  if (id.startsWith("3A") && id.length === 20) return "ios";
  if (id.startsWith("3EB0") && id.length === 22) return "web";
  if (id.length === 32 || id.length === 21) return "android";
  return "unknown";
}

const PAIRING_LETTERS = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";

export function pairingCode(): string {
  return Array.from(randomBytes(8), (byte) => PAIRING_LETTERS[byte % PAIRING_LETTERS.length]).join("");
}
