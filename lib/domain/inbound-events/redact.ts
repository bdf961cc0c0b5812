/**
 * Takes out of a webhook what must never be shown, not even to the owner of the business: keys to the
 * gateway, WhatsApp's key material (CONTRACT §11: in messages.edited), keys of files, log-in codes.
 * What people wrote stays. Pure.
 */
export const REDACTED = "[redacted]";
const STRING_MAX = 4_000;
const DEPTH_MAX = 60;

/** Whole branches, whatever is inside and however it is encoded. */
const SECRET_NAMES = new Set([
  "apikey",
  "api_key",
  "appstatesynckeyshare",
  "appstatesynckeyrequest",
  "senderkeydistributionmessage",
  "fastratchetkeysenderkeydistributionmessage",
  "axolotlsenderkeydistributionmessage",
  "devicelistmetadata",
  "devicelistmetadataversion",
  "messagesecret",
  "botmessagesecret",
  "keydata",
  "pairingcode",
  "creds",
  "initialsecurity",
  "historysyncnotification",
  "encpayload",
  "enciv",
]);
const SECRET_WORD = /secret|password|passwd|token|api[-_]?key|authorization|cookie|credential|signature/;
/** `mediaKey`, `identityKey`; a message's own `key` and `keyId` are its address. */
const KEY_NAME = /.key$/;
/** The code drawn as a picture links a phone to the business. */
const QR_PARTS = new Set(["code", "base64"]);
/** Query parameters that open a file or an account. */
const URL_SECRET =
  /([?&](?:x-amz-[a-z-]+|signature|sig|token|access_token|api_?key|secret|password|hash|oh|oe)=)[^&\s"'\\]+/gi;
const URL_LOGIN = /(\bhttps?:\/\/)[^\s/@:]+:[^\s/@]+@/gi;

export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value, depth);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX) return REDACTED;
  if (Array.isArray(value)) {
    return isByteList(value) ? bytes(value.length) : value.map((item) => redact(item, depth + 1));
  }
  const entries = Object.entries(value);
  const length = byteLength(entries);
  if (length !== null) return bytes(length);
  const inQrCode = "base64" in value && "code" in value;
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const hidden = isSecret(name, item) || (inQrCode && QR_PARTS.has(name) && item !== null);
      return [name, hidden ? REDACTED : redact(item, depth + 1)];
    }),
  );
}

/** The body of a webhook, indented for reading. One that is no JSON could hide anything, so it is not shown. */
export function redactBody(body: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(body)), null, 2);
  } catch {
    return JSON.stringify({ unreadable: `${body.length} characters that are not JSON` }, null, 2);
  }
}

export function redactText(text: string, depth = 0): string {
  if (/^\s*[{[]/.test(text) && text.length > 1) {
    const nested = parsed(text);
    if (nested !== undefined) return JSON.stringify(redact(nested, depth + 1));
  }
  const plain = text.replaceAll(URL_LOGIN, `$1${REDACTED}@`).replaceAll(URL_SECRET, `$1${REDACTED}`);
  const long = plain.length > STRING_MAX && isEncodedFile(plain);
  return long ? `${plain.slice(0, 60)}… [${plain.length} characters]` : plain;
}

function isSecret(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  const plain = name.toLowerCase();
  if (SECRET_NAMES.has(plain) || SECRET_WORD.test(plain)) return true;
  return KEY_NAME.test(plain) && !isMessageKey(value);
}

/** Names of messages: `parentMessageKey`, `targetMessageKey`. */
function isMessageKey(value: unknown): boolean {
  return typeof value === "object" && value !== null && "remoteJid" in value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isByte = (value: unknown) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;

function isByteList(list: readonly unknown[]): boolean {
  return list.length >= 16 && list.every(isByte);
}

/** `{"0":71,"1":22,…}` and `{"type":"Buffer","data":[…]}`: how the gateway writes bytes. */
function byteLength(entries: [string, unknown][]): number | null {
  if (
    entries.length >= 16 &&
    entries.every(([name, value], index) => name === String(index) && isByte(value))
  )
    return entries.length;
  const buffer = Object.fromEntries(entries);
  return buffer.type === "Buffer" && Array.isArray(buffer.data) ? buffer.data.length : null;
}

const bytes = (length: number) => `[${length} bytes]`;

function isEncodedFile(text: string): boolean {
  return text.startsWith("data:") || /^[A-Za-z0-9+/=_-]+$/.test(text);
}
