import examples from "libphonenumber-js/examples.mobile.json" with { type: "json" };
import { getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { formatPhone } from "#lib/i18n/phone-format.ts";

const COUNTRIES = [
  "PE",
  "BR",
  "MX",
  "AR",
  "CL",
  "CO",
  "EC",
  "BO",
  "UY",
  "PY",
  "VE",
  "CR",
  "GT",
  "SV",
  "HN",
  "NI",
  "PA",
  "DO",
  "PR",
  "US",
  "CA",
  "ES",
  "PT",
  "PL",
  "FR",
  "DE",
  "GB",
  "IT",
  "LV",
  "LT",
  "EE",
  "CH",
  "NL",
] as const;

/** Brazilians and Russians join the last groups with a hyphen, which libphonenumber leaves out. */
const unhyphenated = (text: string) => text.replaceAll("-", " ");
const digitsOf = (text: string) => text.replaceAll(/[^\d]/g, "");

describe("phones read as libphonenumber writes them", () => {
  test.each(COUNTRIES)("a mobile of %s", (country) => {
    const phone = getExampleNumber(country, examples);
    expect(unhyphenated(formatPhone(phone?.number ?? ""))).toBe(phone?.formatInternational());
  });

  test.each([
    "+5511987654321",
    "+551132654321",
    "+525512345678",
    "+528112345678",
    "+5492231234567",
    "+56987654321",
    "+5112345678",
  ])("%s", (e164) => {
    expect(unhyphenated(formatPhone(e164))).toBe(parsePhoneNumberFromString(e164)?.formatInternational());
  });
});

test("no digit is ever lost, added or moved", () => {
  for (const country of Object.keys(examples)) {
    const number = getExampleNumber(country as keyof typeof examples, examples)?.number;
    if (number) expect(digitsOf(formatPhone(number))).toBe(digitsOf(number));
  }
});

test("what is not a phone in E.164 stays as it is", () => {
  expect(formatPhone("+999123456789")).toBe("+999123456789");
  expect(formatPhone("Bodega Rosita")).toBe("Bodega Rosita");
  expect(formatPhone("")).toBe("");
});
