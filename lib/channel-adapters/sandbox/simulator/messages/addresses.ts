import { createHash } from "node:crypto";

export type Target =
  | { kind: "phone"; jid: string; phone: string }
  | { kind: "lid" | "group" | "broadcast"; jid: string };

/**
 * The id under which WhatsApp knows a phone: Brazil loses its ninth digit from area code 31 on, Mexico the 1
 * and Argentina the 9 after the country code (evolution CONTRACT section 14.3).
 */
export function whatsappPhone(digits: string): string {
  const brazil = /^55(\d{2})9(\d{8})$/.exec(digits);
  if (brazil && Number(brazil[1]) >= 31) return `55${brazil[1]}${brazil[2]}`;
  const mexico = /^521(\d{10})$/.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  const argentina = /^549(\d{10})$/.exec(digits);
  if (argentina) return `54${argentina[1]}`;
  return digits;
}

export function digitsOf(value: string): string {
  return value.replaceAll(/\D/g, "");
}

/** What the gateway makes of `number` in a request. */
export function targetOf(number: string): Target {
  if (number.endsWith("@g.us")) return { kind: "group", jid: number };
  if (number.endsWith("@lid")) return { kind: "lid", jid: number };
  if (number.endsWith("@broadcast")) return { kind: "broadcast", jid: number };
  const digits = digitsOf(number.split("@")[0]?.split(":")[0] ?? "");
  if (digits.length >= 18) return { kind: "group", jid: `${digits}@g.us` };
  const phone = number.includes("@") ? digits : whatsappPhone(digits);
  return { kind: "phone", jid: phoneJid(phone), phone };
}

export function phoneJid(phone: string): string {
  return `${phone}@s.whatsapp.net`;
}

/** Numbers that play a part of their own; any other number is an ordinary person on WhatsApp. */
export const SPECIAL_PHONES = {
  /** Seven zeros at the end: not on WhatsApp. */
  isMissing: (phone: string) => phone.endsWith("0000000"),
  /** WhatsApp refuses the message after the gateway has taken it. */
  refusesLater: (phone: string) => phone.endsWith("8880463"),
  /** A phone that is never online. */
  neverOnline: (phone: string) => phone.endsWith("8880404"),
  hasNoPicture: (phone: string) => phone.endsWith("888"),
};

/** The hidden id of a phone nobody gave one: always the same, and no digits of the phone in it. */
export function lidOf(phone: string): string {
  const hash = createHash("sha256").update(phone).digest();
  return `1${(hash.readBigUInt64BE(0) % 100_000_000_000_000n).toString().padStart(14, "0")}`;
}

export function pictureUrl(base: string, phone: string): string | null {
  return SPECIAL_PHONES.hasNoPicture(phone) ? null : `${base}/pictures/${phone}.svg`;
}
