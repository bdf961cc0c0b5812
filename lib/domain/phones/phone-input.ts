/**
 * What a person, a spreadsheet, a link or WhatsApp wrote, read as digits before any country rule.
 * `international` digits begin with a country code; `national` ones need the default country.
 */
export type PhoneInput =
  | { kind: "international"; digits: string; fromWhatsApp: boolean }
  /** `(0)` after the country code: digits without it, in case the country wants it gone. */
  | { kind: "international_with_trunk"; digits: string; digitsWithoutTrunk: string }
  | { kind: "national"; digits: string }
  | { kind: "invalid"; reason: UnreadableReason };

export type UnreadableReason =
  | "empty"
  | "spreadsheet_damage"
  | "not_a_phone"
  | "not_a_person"
  | "several_numbers"
  | "malformed";

/** Longer text is not a phone cell; the bound keeps the expressions below cheap on hostile input. */
const RAW_LENGTH_MAX = 2_000;

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/g;
const JID = /^(\d+)(?:[.:_]\d+)*@(?:s\.whatsapp\.net|c\.us|hosted)$/i;
const OPAQUE_ID = /@(?:hosted\.)?lid$|^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{8,}$/;
const NOT_A_PERSON = /@(?:g\.us|broadcast|newsletter|bot)$/i;
const LINK =
  /^(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|(?:api|web|chat)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=)(?:\+|%2B)?(\d+)(?:[/?&#].*)?$/i;
const APP_LINK = /^whatsapp:\/\/send\/?\?(?:[^#]*&)?phone=(?:\+|%2B)?(\d+)(?:[&#].*)?$/i;
const SCIENTIFIC = /^\+?\d(?:[.,]\d+)?E\+?\d{1,2}$/i;
const SPREADSHEET_ERROR = /^#(?:#+|[A-ZÁ¡/]+[0-9]?[!?]?)$/i;
const FLOAT = /^(\+?\d{8,15})[.,]0$/;
const THOUSANDS = /^\+?\d{1,3}(?:,\d{3}){2,4}$/;
const EXTENSION =
  /(?<=[\d)])\s*(?:[;,]?\s*(?:ext(?:n|ensi[oó]n|ension|)|anexo|ramal|interno|int)[.:=]?|x|#)\s*\d{1,6}$/i;
const SEPARATOR = /[/|;,\n\r\t&]|\s(?:y|e|o|ou|or|and|и)\s/i;

export function readPhoneInput(raw: string): PhoneInput {
  const text = clean(raw.slice(0, RAW_LENGTH_MAX + 1));
  if (!/[\p{L}\p{N}#]/u.test(text)) return invalid("empty");
  if (text.length > RAW_LENGTH_MAX) return invalid("malformed");
  if (SCIENTIFIC.test(text) || SPREADSHEET_ERROR.test(text)) return invalid("spreadsheet_damage");

  const bare = text.replace(/^(?:whatsapp:(?!\/\/)|tel:)\s*/i, "");
  if (OPAQUE_ID.test(bare)) return invalid("not_a_phone");
  if (NOT_A_PERSON.test(bare)) return invalid("not_a_person");
  const user = JID.exec(bare)?.[1];
  if (user) return international(user, true);
  const linked = (LINK.exec(bare) ?? APP_LINK.exec(bare))?.[1];
  if (linked) return international(linked, false);
  return readWritten(bare.replace(EXTENSION, ""));
}

/** Signs that copying, right-to-left text and spreadsheets leave around a number; one kind of digit. */
function clean(raw: string): string {
  const text = raw
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll("\u00A0", " ")
    .trim()
    .replace(/^['’]\s*/, "");
  const whole = FLOAT.exec(text)?.[1] ?? text;
  return THOUSANDS.test(whole) ? whole.replaceAll(",", "") : whole;
}

/** Digits as people write them, with signs between. Words mean that the cell holds something else. */
function readWritten(written: string): PhoneInput {
  if (holdsSeveralNumbers(written)) return invalid("several_numbers");
  // A short label such as "N°" or "T:" stands before many numbers on business cards.
  const number = written.replace(/^\p{L}{1,2}[.:°]*\s*(?=[\d+(])/u, "");
  if (!/^[\s(]*\+?[\d\s().~[\]/\p{Pd}\u2212]+$/u.test(number)) return invalid("malformed");
  const digits = number.replace(/\D/g, "");
  if (digits === "" || digits.length > 20) return invalid("malformed");
  if (!number.includes("+")) return { kind: "national", digits };
  const withoutTrunk = number.replace(/\(\s*0\s*\)/, "");
  if (withoutTrunk === number) return international(digits, false);
  return { kind: "international_with_trunk", digits, digitsWithoutTrunk: withoutTrunk.replace(/\D/g, "") };
}

function holdsSeveralNumbers(written: string): boolean {
  const numbers = written.split(SEPARATOR).filter((part) => part.replace(/\D/g, "").length >= 7);
  return numbers.length > 1 || /\d[^+]*\+[^+]*\d/.test(written);
}

function international(digits: string, fromWhatsApp: boolean): PhoneInput {
  return { kind: "international", digits, fromWhatsApp };
}

function invalid(reason: UnreadableReason): PhoneInput {
  return { kind: "invalid", reason };
}
