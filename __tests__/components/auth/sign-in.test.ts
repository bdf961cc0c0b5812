import { expect, test } from "vitest";
import { safeNext } from "#components/auth/safe-next.ts";
import { refusal } from "#components/auth/sign-in.ts";
import { guessPlace } from "#components/auth/use-place.ts";

test.each([
  ["/bodega/inbox?x=1", "/bodega/inbox?x=1"],
  ["/", "/"],
  [null, "/"],
  ["", "/"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["javascript:alert(1)", "/"],
])("after the log-in, %s leads to %s", (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});

test("a refused log-in says why, and how long to wait", () => {
  expect(refusal("wrong_credentials").code).toBe("wrong_credentials");
  expect(refusal("CredentialsSignin").code).toBe("wrong_credentials");
  expect(refusal("rate_limited:42")).toMatchObject({ code: "rate_limited", retryAfterS: 42 });
  expect(refusal("rate_limited").retryAfterS).toBeGreaterThan(0);
  expect(refusal("database_unavailable").code).toBe("database_unavailable");
  expect(refusal("Something else").code).toBe("internal");
});

test("the country follows from the zone, else from the languages, else the person chooses", () => {
  const zones = { "America/Lima": "PE" };
  const countries = ["PE", "MX"];
  expect(guessPlace("America/Lima", ["en-US"], zones, countries)).toEqual({
    country: "PE",
    timeZone: "America/Lima",
  });
  expect(guessPlace("Etc/UTC", ["es-419", "es-MX"], zones, countries).country).toBe("MX");
  expect(guessPlace("Etc/UTC", ["zh-Hant-TW", "es"], zones, countries)).toEqual({
    country: "",
    timeZone: "Etc/UTC",
  });
});
