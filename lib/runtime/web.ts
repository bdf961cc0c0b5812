import { createServer, type IncomingMessage, type Server } from "node:http";
import { env } from "#lib/kernel/env.ts";
import { asPortProblem, runPart } from "./part.ts";
import { ROOT } from "./project.ts";

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
