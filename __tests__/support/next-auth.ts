import { createRequire } from "node:module";
import { RequestCookies } from "next/dist/server/web/spec-extension/cookies.js";
import { NextRequest } from "next/server.js";
import { GET, POST } from "#app/api/auth/[...nextauth]/route.ts";

/**
 * The scope in which Next runs a handler. A test file that imports this one begins with
 * `import "next/dist/server/node-environment-baseline.js"`, which Next's own modules need while they load.
 */
const require = createRequire(import.meta.url);
const { workAsyncStorage } = require("next/dist/server/app-render/work-async-storage.external.js");
const { workUnitAsyncStorage } = require("next/dist/server/app-render/work-unit-async-storage.external.js");

/** A browser as far as cookies go: keeps what the log-in route sets and sends it back. */
export function aCookieJar() {
  const jar = new Map<string, string>();
  const header = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "" || /max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  return { header, keep, has: (name: string) => jar.has(name) };
}
export type CookieJar = ReturnType<typeof aCookieJar>;

/** Calls the real log-in route inside the request scope that Next gives it (`next/headers`). */
export async function askNextAuth(
  jar: CookieJar,
  action: string,
  { form, address = "203.0.113.7" }: { form?: Record<string, string>; address?: string } = {},
): Promise<Response> {
  const headers = new Headers({ host: "127.0.0.1:3000", cookie: jar.header(), "x-forwarded-for": address });
  if (form) headers.set("content-type", "application/x-www-form-urlencoded");
  const request = new NextRequest(`http://127.0.0.1:3000/api/auth/${action}`, {
    method: form ? "POST" : "GET",
    headers,
    ...(form && { body: new URLSearchParams(form).toString() }),
  });
  const unit = { type: "request", phase: "render", headers, cookies: new RequestCookies(headers) };
  const work = { route: "/api/auth/[...nextauth]", forceStatic: false, dynamicShouldError: false };
  const context = { params: Promise.resolve({ nextauth: action.split("/") }) };
  const response: Response = await workAsyncStorage.run(work, () =>
    workUnitAsyncStorage.run(unit, () => (form ? POST(request, context) : GET(request, context))),
  );
  jar.keep(response);
  return response;
}

/** What the log-in page does; the answer's URL carries `error` when it was refused. */
export async function logInWith(
  jar: CookieJar,
  email: string,
  password: string,
  address?: string,
): Promise<{ status: number; error: string | null }> {
  const from = address === undefined ? {} : { address };
  const { csrfToken } = await (await askNextAuth(jar, "csrf", from)).json();
  const form = { csrfToken, email, password, json: "true", callbackUrl: "/" };
  const response = await askNextAuth(jar, "callback/credentials", { form, ...from });
  const { url } = await response.json();
  return { status: response.status, error: new URL(url, "http://127.0.0.1:3000").searchParams.get("error") };
}
