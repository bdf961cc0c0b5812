import type { z } from "zod";
import { isDatabaseDown } from "#lib/db/client.ts";
import { errorText } from "#lib/i18n/error-text.ts";
import { negotiateLocale } from "#lib/i18n/negotiate.ts";
import { AppError, type FieldError } from "#lib/kernel/errors.ts";

/** Anything thrown, as one of our coded errors; what is not one is a bug and becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseDown(error)) return new AppError("database_unavailable", { cause: error });
  return new AppError("internal", { cause: error });
}

/** RFC 9457, with our stable `code` and one entry of `errors` per wrong field. */
export function problem(error: AppError, request: Pick<Request, "headers">): Response {
  const text = errorText(error.code, negotiateLocale(undefined, request.headers.get("accept-language")));
  const body = {
    type: `/docs#${error.code}`,
    title: text.title,
    status: error.status,
    // Never the text of an unexpected exception: it may tell about our inside.
    detail: error.code === "internal" ? text.detail : (error.detail ?? text.detail),
    code: error.code,
    ...(error.fields.length > 0 && { errors: error.fields }),
    ...(error.retryAfterS !== undefined && { retryAfter: error.retryAfterS }),
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (error.retryAfterS !== undefined) headers.set("retry-after", String(error.retryAfterS));
  return new Response(JSON.stringify(body), { status: error.status, headers });
}

/** Every invalid field named by its path; unknown fields are fields too. */
export function invalidInput(error: z.ZodError, where: "body" | "query" | "path"): AppError {
  const fields = error.issues.flatMap((issue): FieldError[] => {
    const at = issue.path.map(String).join(".");
    if (issue.code !== "unrecognized_keys")
      return [{ path: at || where, code: issue.code, message: issue.message }];
    return issue.keys.map((key) => ({
      path: at ? `${at}.${key}` : key,
      code: "unknown_field",
      message: "is not a field of this request",
    }));
  });
  return new AppError("invalid_input", { fields });
}
