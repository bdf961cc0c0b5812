import type { CountryCode, NumberType, PhoneNumber } from "libphonenumber-js/max";
import {
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { lacksAreaCode, modernDigits, whatsAppIds } from "./phone-country-rules.ts";
import type { UnreadableReason } from "./phone-input.ts";
import { readPhoneInput } from "./phone-input.ts";

export { formatPhone } from "./phone-format.ts";

export type InvalidPhoneReason = UnreadableReason | "country_unknown" | "area_code_missing";

export type PhoneResult =
  /**
   * `possible`: the length is right and the range unknown; accept it with a warning, ranges change
   * faster than metadata. `candidates`: WhatsApp ids (digits) in the order to try.
   */
  | { verdict: "valid" | "possible"; e164: string; candidates: string[] }
  | { verdict: "invalid"; reason: InvalidPhoneReason };

type Reading =
  | { verdict: "valid" | "possible"; e164: string; type: NumberType }
  | { verdict: "invalid"; reason: InvalidPhoneReason };

/**
 * The one form under which a number is stored, and the ids to try on WhatsApp. `country` (ISO 3166) is
 * used where the number names none; without it such a number is refused rather than guessed.
 */
export function canonicalPhone(raw: string, country: string | null): PhoneResult {
  const input = readPhoneInput(raw);
  switch (input.kind) {
    case "invalid":
      return { verdict: "invalid", reason: input.reason };
    case "international":
      return withCandidates(readInternational(input.digits), input.fromWhatsApp ? input.digits : null);
    case "international_with_trunk":
      return withCandidates(
        best([readInternational(input.digits), readInternational(input.digitsWithoutTrunk)]),
        null,
      );
    case "national":
      return withCandidates(readNational(input.digits, supportedCountry(country)), null);
  }
}

/**
 * A phone id that WhatsApp itself gave: it exists whatever the metadata says, so it is always the first
 * candidate. `e164` is null where the id cannot be read as a number; then show the digits.
 */
export function phoneFromWhatsAppId(digits: string): { e164: string | null; candidates: string[] } {
  if (!/^\d{5,20}$/.test(digits)) return { e164: null, candidates: [] };
  const result = withCandidates(readInternational(digits), digits);
  if (result.verdict === "invalid") return { e164: null, candidates: [digits] };
  return { e164: result.e164, candidates: result.candidates };
}

function withCandidates(reading: Reading, idFromWhatsApp: string | null): PhoneResult {
  if (reading.verdict === "invalid") return reading;
  const guesses = whatsAppIds(reading.e164.slice(1));
  const candidates = idFromWhatsApp ? [...new Set([idFromWhatsApp, ...guesses])] : guesses;
  return { verdict: reading.verdict, e164: reading.e164, candidates };
}

function readNational(digits: string, country: CountryCode | null): Reading {
  const afterExitCode = /^00(?=[1-9])/.test(digits) && !dials011(country) ? digits.slice(2) : null;
  if (country === null) {
    return afterExitCode
      ? readInternational(afterExitCode)
      : { verdict: "invalid", reason: "country_unknown" };
  }
  const written = settle(parse(digits, country));
  const readings = afterExitCode ? [readInternational(afterExitCode), written] : [written];
  if (digits.startsWith(getCountryCallingCode(country))) {
    const withCountryCode = readInternational(digits);
    // `49 1512 3456789` in Germany is also some landline of area 0491: people mean the mobile.
    if (isValidOf(withCountryCode, "MOBILE") && isValidOf(written, "FIXED_LINE")) return withCountryCode;
    readings.push(withCountryCode);
  }
  return best(readings);
}

function isValidOf(reading: Reading, type: NumberType): boolean {
  return reading.verdict === "valid" && reading.type === type;
}

function readInternational(digits: string): Reading {
  // Before the first parse: libphonenumber takes old forms for other numbers or refuses them.
  return settle(parse(`+${modernDigits(digits)}`, null));
}

/** Repairs and parses until the number stays as it is, so that a stored number reads as itself again. */
function settle(first: PhoneNumber | undefined): Reading {
  let number = first;
  for (let round = 0; number && round < 4; round += 1) {
    const next = parse(`+${modernDigits(number.number.slice(1))}`, null);
    if (next?.number === number.number) return judge(next);
    number = next;
  }
  return { verdict: "invalid", reason: "malformed" };
}

function judge(number: PhoneNumber): Reading {
  const type = number.getType();
  if (number.isValid()) return { verdict: "valid", e164: number.number, type };
  if (lacksAreaCode(number.countryCallingCode, number.nationalNumber)) {
    return { verdict: "invalid", reason: "area_code_missing" };
  }
  if (number.isPossible()) return { verdict: "possible", e164: number.number, type };
  return { verdict: "invalid", reason: "malformed" };
}

/** The first valid reading, else the first possible one, else the most telling refusal. */
function best(readings: Reading[]): Reading {
  return (
    readings.find((reading) => reading.verdict === "valid") ??
    readings.find((reading) => reading.verdict === "possible") ??
    readings.find((reading) => reading.verdict === "invalid" && reading.reason !== "malformed") ?? {
      verdict: "invalid",
      reason: "malformed",
    }
  );
}

function parse(text: string, country: CountryCode | null): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    extract: false,
    ...(country ? { defaultCountry: country } : {}),
  });
}

function supportedCountry(country: string | null): CountryCode | null {
  const code = country?.trim().toUpperCase() ?? "";
  return isSupportedCountry(code) ? code : null;
}

/** In North America 00 is no exit code, and 011 does that work. */
function dials011(country: CountryCode | null): boolean {
  if (country === null) return false;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const exitCode = metadata.numberingPlan?.IDDPrefix() ?? "00";
  return new RegExp(`^(?:${exitCode})$`).test("011");
}
