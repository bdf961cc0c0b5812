import "#__tests__/support/database.ts";
import { createServer } from "node:http";
import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { queuedJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { SECRET_HEADER } from "#lib/channel-adapters/evolution/instances.ts";
import { tenantTransaction } from "#lib/db/client.ts";
import { answerWebhook } from "#lib/http/webhook-listener.ts";
import { WEBHOOK_BYTES_MAX } from "#lib/http/webhook-route.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

/** What is no webhook answers 418 here, as Next would answer it in the product. */
const server = createServer((request, response) => {
  if (!answerWebhook(request, response)) response.writeHead(418).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const { ctx, channel } = await anInbox();
const secret = decrypt(channel.webhookSecret, channel.id);
const url = `http://127.0.0.1:${port}/api/webhooks/evolution/${channel.id}`;

function post(
  body: string | ReadableStream,
  headers: Record<string, string> = { [SECRET_HEADER]: secret },
  to = url,
) {
  return fetch(to, { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

const stored = () =>
  tenantTransaction(ctx.tenantId, (db) => db.inboundEvent.findMany({ orderBy: { id: "asc" } }));

test("a webhook is stored as it came, with its job, before it is answered", async () => {
  const body = JSON.stringify({
    event: "messages.upsert",
    data: { key: { remoteJid: "51987654321@s.whatsapp.net" } },
    text: "ñandú 👋",
  });
  const answer = await post(body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-length")).toBe("0");
  const [event] = await stored();
  expect(event).toMatchObject({ body, name: "messages.upsert", status: "pending" });
  expect(await queuedJobs("process-inbound-event")).toEqual([
    { tenantId: ctx.tenantId, inboundEventId: event?.id },
  ]);
  // The same bytes again are the same event.
  expect((await post(body)).status).toBe(200);
  expect(await stored()).toHaveLength(1);
  expect(await queuedJobs("process-inbound-event")).toHaveLength(1);
});

test("many at once are all stored, those of one chat in the order in which they came", async () => {
  const before = (await stored()).length;
  const bodies = Array.from({ length: 60 }, (_, n) =>
    JSON.stringify({
      event: "messages.upsert",
      data: { key: { remoteJid: `5198765432${n % 3}@s.whatsapp.net` } },
      n,
    }),
  );
  const answers = await Promise.all(bodies.map((body) => post(body)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const rows = (await stored()).slice(before);
  expect(rows.map(({ body }) => body).sort()).toEqual([...bodies].sort());
  expect(await queuedJobs("process-inbound-event")).toHaveLength(before + 60);
});

test("refusals are coded, and store nothing", async () => {
  const before = (await stored()).length;
  const codes = async (answer: Response) => [answer.status, (await answer.json()).code];
  expect(await codes(await post("{}", {}))).toEqual([401, "webhook_unauthorized"]);
  expect(await codes(await post("{}", { [SECRET_HEADER]: "wrong" }))).toEqual([401, "webhook_unauthorized"]);
  expect(await codes(await post("not json"))).toEqual([400, "invalid_json"]);
  const nobody = url.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  expect(await codes(await post("{}", { [SECRET_HEADER]: secret }, nobody))).toEqual([404, "not_found"]);
  expect(await stored()).toHaveLength(before);
});

test("a body over the limit is refused, whether or not its length is announced", async () => {
  const long = "x".repeat(WEBHOOK_BYTES_MAX + 1);
  expect((await post(long)).status).toBe(413);
  expect((await post(new Blob([long]).stream())).status).toBe(413);
});

test("a caller that goes away in the middle leaves nothing and hurts nobody", async () => {
  const before = (await stored()).length;
  const socket = connect(port, "127.0.0.1");
  const head = `POST ${new URL(url).pathname} HTTP/1.1\r\nhost: x\r\n${SECRET_HEADER}: ${secret}\r\ncontent-length: 1000\r\n\r\n`;
  await new Promise<void>((resolve) => socket.write(`${head}{"event":`, () => resolve()));
  socket.destroy();
  await until(
    "the connection to be gone",
    () => new Promise((resolve) => server.getConnections((_, n) => resolve(n === 0 || null))),
    5000,
  ).catch(() => {});
  expect((await post(JSON.stringify({ event: "messages.upsert", data: {}, after: true }))).status).toBe(200);
  expect(await stored()).toHaveLength(before + 1);
});

test("everything else is left to the framework", async () => {
  for (const [method, path] of [
    ["GET", new URL(url).pathname],
    ["POST", "/api/v1/messages"],
    ["POST", `/api/webhooks/cloud/${channel.id}`],
    ["POST", `/api/webhooks/evolution/${channel.id}/more`],
  ] as const) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    expect(answer.status).toBe(418);
  }
});
