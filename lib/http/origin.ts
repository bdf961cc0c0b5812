import { AppError } from "#lib/kernel/errors.ts";

/**
 * Refuses requests that another site's page makes a browser send. Browsers put Origin on every
 * mutating request; programs without a browser send neither header and carry no cookie of a person.
 */
export function assertSameOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") throw new AppError("cross_origin");
  const origin = request.headers.get("origin");
  if (!origin) return;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new AppError("cross_origin");
}
