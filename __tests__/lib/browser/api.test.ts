import { describe, expect, test } from "vitest";
import { asAppError, errorFrom } from "#lib/browser/api.ts";
import { waitBeforeRetry } from "#lib/browser/query-client.ts";
import { AppError } from "#lib/kernel/errors.ts";

const response = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
});

describe("a failed answer becomes the error it was on the server", () => {
  test("code, detail, fields and the time to wait", () => {
    const error = errorFrom(response(422, { "retry-after": "7" }), {
      code: "invalid_input",
      detail: "Two fields",
      errors: [{ path: "email", code: "invalid_format", message: "no" }, { path: 3 }, "x"],
    });
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "invalid_input", detail: "Two fields", retryAfterS: 7 });
    expect(error.fields).toEqual([{ path: "email", code: "invalid_format", message: "no" }]);
  });

  test("the time to wait may stand in the body alone", () => {
    expect(errorFrom(response(429), { code: "rate_limited", retryAfter: 12 }).retryAfterS).toBe(12);
    expect(errorFrom(response(429), { code: "rate_limited" }).retryAfterS).toBeUndefined();
  });

  test.each([
    [401, "unauthenticated"],
    [403, "forbidden"],
    [404, "not_found"],
    [413, "payload_too_large"],
    [429, "rate_limited"],
    [502, "server_unreachable"],
    [503, "server_unreachable"],
    [500, "internal"],
    [418, "internal"],
  ])("a proxy's own %i page is %s", (status, code) => {
    expect(errorFrom(response(status), undefined).code).toBe(code);
    expect(errorFrom(response(status), { code: "someone_elses_code" }).code).toBe(code);
  });
});

test("what is not one of our errors shows as a bug of ours", () => {
  const own = new AppError("not_found");
  expect(asAppError(own)).toBe(own);
  expect(asAppError(new TypeError("x")).code).toBe("internal");
  expect(asAppError("x").code).toBe("internal");
});

test("a repeat waits longer each time, and never less than the server asked", () => {
  const busy = new AppError("gateway_failed");
  expect([0, 1, 2, 9].map((failures) => waitBeforeRetry(failures, busy))).toEqual([1000, 2000, 4000, 15_000]);
  expect(waitBeforeRetry(0, new AppError("rate_limited", { retryAfterS: 30 }))).toBe(30_000);
});
