import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { TEST_ENVIRONMENT } from "./environment.ts";

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

type Call = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  path?: string;
  params?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
};

/** Calls an exported route handler as the network would: with a request, and nothing else. */
export async function call(
  handler: Handler,
  { method = "GET", path = "/api/v1/x", params = {}, body, headers = {} }: Call = {},
) {
  const sends = body !== undefined;
  const request = new NextRequest(`http://127.0.0.1:3000${path}`, {
    method,
    headers: { host: "127.0.0.1:3000", ...(sends && { "content-type": "application/json" }), ...headers },
    ...(sends && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const isJson = /\bjson\b|\+json/.test(response.headers.get("content-type") ?? "");
  const read = isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: text === "" ? null : read };
}

/** The cookie of a logged-in person, as next-auth would have set it. */
export async function sessionOf(userId: string, epoch = 0): Promise<{ cookie: string }> {
  const token = await encode({ token: { sub: userId, epoch }, secret: TEST_ENVIRONMENT.AUTH_SECRET });
  return { cookie: `next-auth.session-token=${token}` };
}
