import { readFileSync } from "node:fs";
import fc from "fast-check";
import { getCountries, getCountryCallingCode, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { PhoneResult } from "#lib/domain/phones/phone-number.ts";
import { canonicalPhone, formatPhone, phoneFromWhatsAppId } from "#lib/domain/phones/phone-number.ts";

const Vectors = z.object({
  vectors: z
    .array(
      z.object({
        raw: z.string(),
        default_country: z.string().nullable(),
        kind: z.enum(["phone", "lid", "group", "broadcast", "newsletter", "bsuid", "none"]),
        verdict: z.enum(["valid", "possible", "invalid", "not_a_phone"]),
        e164: z.string().nullable(),
        wa_ids: z.array(z.string()),
        note: z.string(),
      }),
    )
    .length(75),
});
const fixture = new URL("../../../fixtures/phones/phones.vectors.json", import.meta.url);
const { vectors } = Vectors.parse(JSON.parse(readFileSync(fixture, "utf8")));

/** Why each refused vector is refused: the table says only that it is. */
const REFUSALS: Record<string, string> = {
  "51987654321": "country_unknown",
  "98765-4321": "area_code_missing",
  "8 21234567": "malformed",
  "123456789012345@lid": "not_a_phone",
  "PE.10000000000000000101": "not_a_phone",
  "120363025246125486@g.us": "not_a_person",
  "status@broadcast": "not_a_person",
  "5.19877E+10": "spreadsheet_damage",
  "+51987654321 / 912345678": "several_numbers",
  "no tiene": "malformed",
  "911": "malformed",
};

describe("the shared vectors", () => {
  test.each(vectors.map((vector, index) => ({ ...vector, row: index + 1 })))(
    "$row: $raw in $default_country is $verdict ($note)",
    ({ raw, default_country, verdict, e164, wa_ids }) => {
      const expected = e164
        ? { verdict, e164, candidates: wa_ids }
        : { verdict: "invalid", reason: REFUSALS[raw] };
      expect(canonicalPhone(raw, default_country)).toEqual(expected);
    },
  );

  test.each(vectors.filter(({ raw, e164 }) => raw.endsWith("@s.whatsapp.net") && e164))(
    "the id in $raw reads alike without its server",
    ({ raw, e164, wa_ids }) => {
      expect(phoneFromWhatsAppId(raw.replace(/[:@].*/, ""))).toEqual({ e164, candidates: wa_ids });
    },
  );
});

describe("what people write", () => {
  const number = "+51987654321";
  test.each([
    ["(+51) 987 654 321", null],
    ["+51 987-654-321#12", null],
    ["987654321 ext. 4", "PE"],
    ["tel:+51987654321;ext=3", null],
    ["N° 987 654 321", "PE"],
    ["51,987,654,321", "PE"],
    ["+51987654321", "pe"],
    ["９８７６５４３２１", "PE"],
    ["۹۸۷۶۵۴۳۲۱", "PE"],
    ["51987654321@c.us", null],
    ["whatsapp:51987654321@s.whatsapp.net", null],
    ["wa.me/51987654321?text=hola%20a%20todos", null],
    ["https://wa.me/+51987654321", null],
    ["https://api.whatsapp.com/send?phone=%2B51987654321&text=hola", null],
    ["https://api.whatsapp.com/send/?text=hola&phone=51987654321", null],
    ["whatsapp://send?phone=51987654321", null],
    ["0051 987654321", null],
    ["00 51 987654321", "CO"],
    ["0021 51 987654321", "BR"],
    ["810 51 987654321", "RU"],
  ])("%s in %s is the Peruvian number", (raw, country) => {
    expect(canonicalPhone(raw, country)).toMatchObject({ verdict: "valid", e164: number });
  });

  test.each([
    ["15-2345-6789", "AR", "area_code_missing"],
    ["2345-6789", "AR", "area_code_missing"],
    ["5512 3456", "MX", "area_code_missing"],
    ["555-1234", "US", "area_code_missing"],
    ["+55 98765-4321", null, "area_code_missing"],
    ["987654321", null, "country_unknown"],
    ["987654321", "ZZ", "country_unknown"],
    ["0051987654321", "US", "malformed"],
    ["51987654321,912345678", "PE", "several_numbers"],
    ["+51987654321 +51912345678", "PE", "several_numbers"],
    ["71234567 y 72345678", "BO", "several_numbers"],
    ["", "PE", "empty"],
    [" \u200b ", "PE", "empty"],
    ["--", "PE", "empty"],
    ["5,19877E+10", "PE", "spreadsheet_damage"],
    ["########", "PE", "spreadsheet_damage"],
    ["#N/A", "PE", "spreadsheet_damage"],
    ["#¡VALOR!", "PE", "spreadsheet_damage"],
    ["120363025246125486@newsletter", null, "not_a_person"],
    ["123456789012345:7@lid", null, "not_a_phone"],
    ["51987654321@lid", "PE", "not_a_phone"],
    ["US.ENT.10000000000000000101", null, "not_a_phone"],
    ["ana@example.com", "PE", "malformed"],
    ["https://wa.me/message/ABCDEF123456", "PE", "malformed"],
    ["llamar al 987654321", "PE", "malformed"],
    ["9".repeat(40), "PE", "malformed"],
    ["9".repeat(100_000), "PE", "malformed"],
  ])("%s in %s is refused: %s", (raw, country, reason) => {
    expect(canonicalPhone(raw, country)).toEqual({ verdict: "invalid", reason });
  });

  test.each([
    ["+39 (0)6 1234 5678", "+390612345678"],
    ["+39 (0)347 123 4567", "+393471234567"],
    ["+49 (0)1512 3456789", "+4915123456789"],
  ])("the (0) of %s stays only where the country keeps it", (raw, e164) => {
    expect(canonicalPhone(raw, null)).toMatchObject({ verdict: "valid", e164 });
  });

  test.each([
    ["+54 9 11 15 2345-6789", "+5491123456789"],
    ["+54 9 351 15 512-3456", "+5493515123456"],
    ["+54 011 15 2345-6789", "+5491123456789"],
  ])("an Argentine mobile said twice, %s, is one mobile", (raw, e164) => {
    expect(canonicalPhone(raw, null)).toMatchObject({ verdict: "valid", e164 });
  });

  test("area 55 of Brazil is told from country code 55", () => {
    expect(canonicalPhone("55 98765-4321", "BR")).toMatchObject({ e164: "+5555987654321" });
    expect(canonicalPhone("55 8765-4321", "BR")).toMatchObject({ e164: "+5555987654321" });
    expect(canonicalPhone("55 55 98765-4321", "BR")).toMatchObject({ e164: "+5555987654321" });
    expect(canonicalPhone("0800 123 4567", "BR")).toMatchObject({ e164: "+558001234567" });
  });
});

test("a mobile with its country code is not taken for a landline that begins with these digits", () => {
  expect(canonicalPhone("4915123456789", "DE")).toMatchObject({ e164: "+4915123456789" });
  expect(canonicalPhone("0491 5123456", "DE")).toMatchObject({ e164: "+494915123456" });
});

describe("one person, one number", () => {
  const e164Of = (raw: string, country: string | null) => {
    const result = canonicalPhone(raw, country);
    return result.verdict === "invalid" ? null : result.e164;
  };

  test("Brazil's old and new ids meet, a landline stays apart from the mobile it resembles", () => {
    expect(e164Of("553187654321@s.whatsapp.net", null)).toBe(e164Of("31 98765-4321", "BR"));
    expect(e164Of("551151234567@s.whatsapp.net", null)).not.toBe(e164Of("+55 11 95123-4567", null));
  });

  test("an Argentine landline is not merged with the mobile of the same digits", () => {
    expect(e164Of("+54 11 2345-6789", null)).not.toBe(e164Of("+54 9 11 2345-6789", null));
  });
});

describe("ids that WhatsApp gave", () => {
  test("a known person's other forms follow the id itself", () => {
    expect(phoneFromWhatsAppId("525512345678")).toEqual({
      e164: "+525512345678",
      candidates: ["525512345678", "5215512345678"],
    });
    expect(phoneFromWhatsAppId("541123456789")).toEqual({
      e164: "+541123456789",
      candidates: ["541123456789", "5491123456789"],
    });
  });

  test("an id no country can read is kept as it is, without a phone", () => {
    expect(phoneFromWhatsAppId("9991234567890")).toEqual({ e164: null, candidates: ["9991234567890"] });
    expect(phoneFromWhatsAppId("51987654321@lid")).toEqual({ e164: null, candidates: [] });
  });
});

test("numbers are shown in international form", () => {
  expect(formatPhone("+51987654321")).toBe("+51 987 654 321");
  expect(formatPhone("+5511987654321")).toBe("+55 11 98765 4321");
  expect(formatPhone("+390612345678")).toBe("+39 06 1234 5678");
  expect(formatPhone("unknown")).toBe("unknown");
});

describe("for every input", () => {
  const country = fc.option(fc.constantFrom(...getCountries()), { nil: null });
  const phoneLike = fc.string({
    unit: fc.constantFrom(..."0123456789015+()-. /,;:@#xeE\u00a0\u202a٣"),
    maxLength: 24,
  });
  const prefixed = fc
    .tuple(
      fc.constantFrom("+55", "+52", "+54", "+1", "+7", "+39", "+49", "00", "0", "55", "521", "549", ""),
      phoneLike,
    )
    .map((parts) => parts.join(""));
  const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), phoneLike, prefixed);

  test("reading never throws, and what it accepts is sound", () => {
    fc.assert(
      fc.property(anything, fc.oneof(country, fc.string({ maxLength: 3 })), (raw, from) => {
        const result = canonicalPhone(raw, from);
        if (result.verdict !== "invalid") expectSound(result);
        phoneFromWhatsAppId(raw);
        formatPhone(raw);
      }),
      { numRuns: 5_000 },
    );
  });

  test("an id from WhatsApp is always the first to try", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(55|52|521|54|549|51|1|39|)[0-9]{8,12}$/), (digits) => {
        const { e164, candidates } = phoneFromWhatsAppId(digits);
        expect(candidates[0]).toBe(digits);
        expect(new Set(candidates).size).toBe(candidates.length);
        for (const candidate of e164 ? candidates : []) expect(candidate).toMatch(/^\d+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("every form WhatsApp may use for a Brazilian or Mexican mobile leads to the same number", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+(55(11|21|31|48|71|98)9[6-9][0-9]{7}|52[2-9][0-9]{9})$/), (raw) => {
        const result = canonicalPhone(raw, null);
        if (result.verdict === "invalid") return;
        expect(result.candidates).toHaveLength(2);
        for (const candidate of result.candidates) {
          expect(phoneFromWhatsAppId(candidate).e164).toBe(result.e164);
        }
      }),
    );
  });

  test.each(getCountries())("the example mobile of %s is valid nationally and internationally", (code) => {
    const example = getExampleNumber(code, examples);
    if (!example) return;
    const expected = { verdict: "valid", e164: example.number };
    expect(canonicalPhone(example.number, null)).toMatchObject(expected);
    expect(canonicalPhone(example.formatNational(), code)).toMatchObject(expected);
    expect(canonicalPhone(`${getCountryCallingCode(code)}${example.nationalNumber}`, code)).toMatchObject(
      expected,
    );
  });
});

function expectSound(result: Extract<PhoneResult, { e164: string }>) {
  expect(result.e164).toMatch(/^\+\d{5,17}$/);
  expect(result.candidates.length).toBeGreaterThan(0);
  for (const candidate of result.candidates) expect(candidate).toMatch(/^\d+$/);
  const again = canonicalPhone(result.e164, null);
  expect(again).toMatchObject({ verdict: result.verdict, e164: result.e164 });
}
