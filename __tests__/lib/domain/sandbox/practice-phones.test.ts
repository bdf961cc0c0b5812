import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { practicePhones } from "#lib/domain/sandbox/practice-phones.ts";

describe("phones to practise with", () => {
  test.each([
    ["PE", "+51"],
    ["BR", "+55"],
    ["MX", "+52"],
    ["AR", "+549"],
    ["ES", "+34"],
  ])("are mobiles of the tenant's country (%s)", (country, prefix) => {
    const { business, customers } = practicePhones({ id: "tnt_a", country });
    for (const phone of [business, ...customers.map((customer) => customer.phone)]) {
      expect(phone.startsWith(prefix), phone).toBe(true);
      expect(parsePhoneNumberFromString(phone)?.isPossible(), phone).toBe(true);
    }
  });

  test("are all different", () => {
    const { business, customers } = practicePhones({ id: "tnt_a", country: "CO" });
    expect(new Set([business, ...customers.map(({ phone }) => phone)]).size).toBe(customers.length + 1);
  });

  test("are the tenant's own where the business is meant", () => {
    const of = (id: string) => practicePhones({ id, country: "PE" }).business;
    expect(of("tnt_a")).toBe(of("tnt_a"));
    expect(of("tnt_a")).not.toBe(of("tnt_b"));
  });

  test("exist for a country without numbers of its own", () => {
    expect(practicePhones({ id: "tnt_a", country: "AQ" }).business).toMatch(/^\+51/);
  });
});
