import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { env } from "#lib/kernel/env.ts";
import { realtimeConfig } from "#lib/realtime/browser-config.ts";
import { asPortProblem, runPart } from "./part.ts";
import { ROOT } from "./project.ts";
import { securityHeaders } from "./security-headers.ts";

/** Longest time given to requests that are being answered when the process is told to stop. */
const DRAIN_MS = 4_000;
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
];

await runPart("web", async () => {
  const { HOST: hostname, PORT: port, NODE_ENV, TRUST_PROXY } = env();
  // Read by Next while it loads, so it is loaded after.
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { default: next } = await import("next");
  const app = next({ dev: NODE_ENV === "development", dir: ROOT, hostname, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => {
    if (!TRUST_PROXY) dropProxyHeaders(request);
    if (isPage(request)) protectPage(request, response);
    void handle(request, response);
  });
  await listen(server, port, hostname);
  return {
    async stop() {
      await drain(server);
      await app.close();
    },
  };
});

/** The API answers data and the build's files never change: only pages can run scripts. */
function isPage({ url = "/" }: IncomingMessage): boolean {
  return !url.startsWith("/api/") && !url.startsWith("/_next/static/");
}

function protectPage(request: IncomingMessage, response: ServerResponse) {
  const headers = securityHeaders({
    host: request.headers.host ?? "localhost",
    https: request.headers["x-forwarded-proto"] === "https",
    realtime: realtimeConfig(),
    development: env().NODE_ENV === "development",
  });
  // Next finds the nonce for its own scripts in the policy of the request.
  request.headers["content-security-policy"] = headers["content-security-policy"];
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Without a proxy in front anybody could claim any address or host by these. */
function dropProxyHeaders(request: IncomingMessage) {
  for (const name of PROXY_HEADERS) delete request.headers[name];
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(asPortProblem(error, port, "PORT")));
    server.listen(port, host, resolve);
  });
}

function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
