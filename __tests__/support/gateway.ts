import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { createSandbox } from "#lib/channel-adapters/sandbox/simulator/create-sandbox.ts";
import { TEST_ENVIRONMENT } from "./environment.ts";

/**
 * Importing this module starts a practice gateway for the test file, with webhooks that go straight
 * into our route handler over real HTTP. Import it before anything reads the environment.
 */
const dataDir = await mkdtemp(path.join(os.tmpdir(), "recado-gateway-"));
const sandbox = createSandbox({
  port: 0,
  host: "127.0.0.1",
  dataDir,
  apiKey: TEST_ENVIRONMENT.EVOLUTION_API_KEY,
  timings: { createWaitMs: 5, connectWaitMs: 5, sendTimeoutMs: 20 },
});
await sandbox.start();
process.env.EVOLUTION_API_URL = sandbox.url;
process.env.SANDBOX_URL = sandbox.url;

const receiver = createServer(async (request, response) => {
  const { POST } = await import("#app/api/webhooks/evolution/[channelId]/route.ts");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === "string") headers.set(name, value);
  const url = `http://127.0.0.1${request.url}`;
  const channelId = decodeURIComponent(url.split("/").at(-1) ?? "");
  const answer = await POST(new Request(url, { method: "POST", headers, body: Buffer.concat(chunks) }), {
    params: Promise.resolve({ channelId }),
  });
  response.writeHead(answer.status).end(await answer.text());
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const address = receiver.address();
if (!address || typeof address === "string") throw new Error("the webhook receiver has no port");
process.env.WEBHOOK_BASE_URL = `http://127.0.0.1:${address.port}`;

afterAll(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  receiver.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Plays the people on the other side. */
export const phones = createControlClient({ url: sandbox.url });
export { sandbox };
