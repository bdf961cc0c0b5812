/**
 * The sender's address for rate limits. lib/runtime/web.ts sets x-forwarded-for from the socket, or
 * with TRUST_PROXY lets our proxy append to it: the last entry is the one we can believe.
 */
export function clientAddress(headers: Headers | Record<string, unknown> | undefined): string {
  const value = headers instanceof Headers ? headers.get("x-forwarded-for") : headers?.["x-forwarded-for"];
  return typeof value === "string" ? (value.split(",").at(-1)?.trim() ?? "unknown") : "unknown";
}
