import { describe, expect, test } from "vitest";
import { z } from "zod";
import { countryDefaults, countryOfTimeZone } from "#lib/domain/tenants/country-defaults.ts";
import { TimeZone } from "#lib/domain/tenants/schema.ts";

const LATIN_AMERICA = "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV UY VE".split(" ");
const EUROPE = "ES PT EE LV LT GB DE FR IT PL RU".split(" ");
const FALLBACK = { currency: "USD", timeZone: "UTC", locale: "es" };

describe("a country gives what a business starts with", () => {
  test.each([
    ["PE", { currency: "PEN", timeZone: "America/Lima", locale: "es" }],
    ["BR", { currency: "BRL", timeZone: "America/Sao_Paulo", locale: "pt-BR" }],
    ["MX", { currency: "MXN", timeZone: "America/Mexico_City", locale: "es" }],
    ["EC", { currency: "USD", timeZone: "America/Guayaquil", locale: "es" }],
    ["PT", { currency: "EUR", timeZone: "Europe/Lisbon", locale: "pt-BR" }],
    ["LV", { currency: "EUR", timeZone: "Europe/Riga", locale: "en" }],
    ["GB", { currency: "GBP", timeZone: "Europe/London", locale: "en" }],
    ["PL", { currency: "PLN", timeZone: "Europe/Warsaw", locale: "en" }],
    ["pe", { currency: "PEN", timeZone: "America/Lima", locale: "es" }],
  ])("%s", (country, expected) => {
    expect(countryDefaults(country)).toEqual(expected);
  });

  test.each(["ZZ", "", "constructor", "__proto__", null, undefined])("%s is not listed", (country) => {
    expect(countryDefaults(country)).toEqual(FALLBACK);
  });

  test.each([...LATIN_AMERICA, ...EUROPE, "US", "CA"])(
    "%s has a real currency and a zone that leads back to it",
    (country) => {
      const { currency, timeZone } = countryDefaults(country);
      expect(Intl.supportedValuesOf("currency")).toContain(currency);
      expect(TimeZone.safeParse(timeZone).success).toBe(true);
      expect(countryOfTimeZone(timeZone)).toBe(country);
    },
  );

  test.each(LATIN_AMERICA)("%s is spoken to in its own language", (country) => {
    expect(countryDefaults(country).locale).toBe(country === "BR" ? "pt-BR" : "es");
  });
});

describe("a time zone gives the country", () => {
  test.each([
    ["America/Buenos_Aires", "AR"],
    ["America/Argentina/Buenos_Aires", "AR"],
    ["America/Manaus", "BR"],
    ["America/Tijuana", "MX"],
    ["Pacific/Easter", "CL"],
    ["Atlantic/Canary", "ES"],
    ["America/Los_Angeles", "US"],
    ["Asia/Vladivostok", "RU"],
    ["Europe/Kyiv", "UA"],
    ["america/lima", "PE"],
  ])("%s is kept in %s", (zone, country) => {
    expect(countryOfTimeZone(zone)).toBe(country);
  });

  test.each(["UTC", "Etc/GMT+5", "Asia/Tokyo", "", null, undefined])("%s tells none", (zone) => {
    expect(countryOfTimeZone(zone)).toBeNull();
  });

  test.each([...LATIN_AMERICA, ...EUROPE, "US", "CA"])("every zone of %s leads back to it", (country) => {
    const zones = zonesOf(country);
    expect(zones.length).toBeGreaterThan(0);
    for (const zone of zones) expect([zone, countryOfTimeZone(zone)]).toEqual([zone, country]);
  });
});

/** The zones of a country as the runtime's own data has them (not yet in TypeScript's library). */
function zonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`);
  if (!("getTimeZones" in locale) || typeof locale.getTimeZones !== "function") return [];
  return z.array(z.string()).parse(locale.getTimeZones());
}
