import { describe, expect, test } from "vitest";
import { countryName, createFormat, timeZoneName, zoneOffsetMs } from "#lib/i18n/format.ts";

const lima = createFormat({ locale: "es", timeZone: "America/Lima" });
const english = createFormat({ locale: "en", timeZone: "America/Lima" });
const portuguese = createFormat({ locale: "pt-BR", timeZone: "America/Sao_Paulo" });
/** Friday 20 November 2026, 16:30 in Lima. */
const NOW = "2026-11-20T21:30:00Z";

describe("times in a list", () => {
  test.each([
    ["2026-11-20T21:05:00Z", "16:05"],
    // Already Saturday in UTC and in the zone of the tests, still Friday in Lima.
    ["2026-11-20T05:00:00Z", "00:00"],
    ["2026-11-20T04:59:59Z", "Ayer"],
    ["2026-11-19T05:00:00Z", "Ayer"],
    ["2026-11-19T04:59:59Z", "Miércoles"],
    ["2026-11-14T12:00:00Z", "Sábado"],
    ["2026-11-13T12:00:00Z", "13 nov"],
    ["2025-12-31T12:00:00Z", "31 dic 2025"],
  ])("%s is %s", (at, expected) => {
    expect(lima.listTime(at, NOW)).toBe(expected);
  });

  test("the other languages say it their way", () => {
    expect(english.listTime("2026-11-19T20:00:00Z", NOW)).toBe("Yesterday");
    expect(english.listTime("2026-11-17T20:00:00Z", NOW)).toBe("Tuesday");
    expect(portuguese.listTime("2026-11-19T20:00:00Z", NOW)).toBe("Ontem");
    expect(portuguese.listTime("2026-11-17T20:00:00Z", NOW)).toBe("Terça-feira");
  });

  test("a moment ahead of the reader's clock is still today or a date", () => {
    expect(lima.listTime("2026-11-20T21:31:00Z", NOW)).toBe("16:31");
    expect(lima.listTime("2026-11-22T21:31:00Z", NOW)).toBe("22 nov");
  });

  test("yesterday is the day before, also across a change of the clocks", () => {
    const berlin = createFormat({ locale: "es", timeZone: "Europe/Berlin" });
    // The clocks went back on 25 October 2026: that day had 25 hours.
    expect(berlin.listTime("2026-10-24T22:30:00Z", "2026-10-26T22:30:00Z")).toBe("Ayer");
    expect(berlin.listTime("2026-10-25T22:30:00Z", "2026-10-26T22:30:00Z")).toBe("Ayer");
    expect(berlin.listTime("2026-10-25T23:30:00Z", "2026-10-26T22:30:00Z")).toBe("00:30");
  });
});

test("the line between two days", () => {
  expect(lima.day("2026-11-20T06:00:00Z", NOW)).toBe("Hoy");
  expect(lima.day("2026-11-19T06:00:00Z", NOW)).toBe("Ayer");
  expect(lima.day("2026-11-17T16:00:00Z", NOW)).toBe("Martes");
  expect(lima.day("2026-11-06T16:00:00Z", NOW)).toBe("Viernes, 6 de noviembre");
  expect(lima.day("2025-11-06T16:00:00Z", NOW)).toBe("Jueves, 6 de noviembre de 2025");
});

test("messages around midnight of the tenant have different days", () => {
  expect(lima.dayKey("2026-11-20T04:59:59Z")).not.toBe(lima.dayKey("2026-11-20T05:00:00Z"));
  expect(lima.dayKey("2026-11-20T05:00:00Z")).toBe(lima.dayKey("2026-11-21T04:59:59Z"));
});

test("the whole moment, for hovering", () => {
  expect(lima.full("2026-11-20T21:05:00Z")).toBe("viernes, 20 de noviembre de 2026, 16:05");
});

test("how long ago", () => {
  expect(lima.ago("2026-11-20T21:29:50Z", NOW)).toBe("Ahora");
  expect(lima.ago("2026-11-20T21:27:00Z", NOW)).toBe("Hace 3 minutos");
  expect(lima.ago("2026-11-20T19:30:00Z", NOW)).toBe("Hace 2 horas");
  expect(lima.ago("2026-11-19T19:30:00Z", NOW)).toBe("Ayer");
  expect(lima.ago("2026-10-19T19:30:00Z", NOW)).toBe("19 oct 2026");
});

test("numbers are grouped as the language does", () => {
  expect(english.number(1234567)).toBe("1,234,567");
  expect(portuguese.number(1234567)).toBe("1.234.567");
});

test("offsets follow the zone's clock at that moment", () => {
  expect(zoneOffsetMs(new Date("2026-07-01T00:00:00Z"), "Europe/Madrid")).toBe(2 * 3_600_000);
  expect(zoneOffsetMs(new Date("2026-12-01T00:00:00Z"), "Europe/Madrid")).toBe(3_600_000);
  expect(zoneOffsetMs(new Date("2026-12-01T00:00:00.900Z"), "Asia/Kolkata")).toBe(5.5 * 3_600_000);
});

test("a reader in another zone is told, one with the same clock is not", () => {
  expect(lima.differsFrom("America/Bogota", NOW)).toBe(false);
  expect(lima.differsFrom("Europe/Madrid", NOW)).toBe(true);
});

test("countries and zones have names", () => {
  expect(countryName("PE", "es")).toBe("Perú");
  expect(countryName("BR", "en")).toBe("Brazil");
  expect(timeZoneName("America/Sao_Paulo", "pt-BR", NOW)).toBe("Sao Paulo (GMT-3)");
});
