import "#__tests__/support/breakable-database.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { cutDatabase, restoreDatabase, silenceDatabase } from "#__tests__/support/breakable-database.ts";
import { sql } from "#__tests__/support/database-rows.ts";
import { TEST_ENVIRONMENT } from "#__tests__/support/environment.ts";
import { phones, sandbox } from "#__tests__/support/gateway.ts";
import { until } from "#__tests__/support/until.ts";
import { GET } from "#app/api/health/route.ts";
import { createRealtimeServer } from "#lib/realtime/server/server.ts";

const app = {
  id: TEST_ENVIRONMENT.PUSHER_APP_ID,
  key: TEST_ENVIRONMENT.PUSHER_KEY,
  secret: TEST_ENVIRONMENT.PUSHER_SECRET,
};
const realtime = createRealtimeServer({ apps: [app], activityTimeoutS: 120, allowPublic: false });
process.env.PUSHER_PORT = String((await realtime.start()).port);
const dataDir = await mkdtemp(path.join(tmpdir(), "recado-health-"));
process.env.DATA_DIR = dataDir;
afterAll(async () => {
  await realtime.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function health() {
  const response = await GET();
  return { status: response.status, body: await response.json() };
}

test("all is well: 200, every part named, nothing secret", async () => {
  const { status, body } = await health();
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      status: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      database: { status: "ok" },
      queue: { status: "ok", waiting: expect.any(Number), oldestS: expect.any(Number) },
      realtime: { status: "ok" },
      gateways: [{ status: "ok", url: sandbox.url }],
      spooled: 0,
    },
  });
  expect(JSON.stringify(body)).not.toMatch(/recado:recado|gateway-key/);
});

test("a part that is away makes it degraded, and says which; the product still serves", async () => {
  await phones.setFaults({ down: true });
  const { status, body } = await health();
  await phones.setFaults({ down: false });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: "degraded",
    database: { status: "ok" },
    gateways: [{ status: "down", error: expect.any(String) }],
  });
});

test("jobs that nobody works make it degraded", async () => {
  await sql(
    "insert into pgboss.job (name, data, start_after) select name, '{}', now() - interval '10 minutes' from pgboss.queue where name = 'set-up-channel'",
  );
  const { body } = await health();
  expect(body).toMatchObject({ status: "degraded", queue: { status: "down", waiting: 1 } });
  expect(body.queue.oldestS).toBeGreaterThan(500);
  await sql("delete from pgboss.job");
  await until("well again", async () => (await health()).body.status === "ok");
});

test("without its database it is 503, within seconds, also when that only hangs", async () => {
  cutDatabase();
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: "degraded", database: { status: "down" } },
  });
  restoreDatabase();
  await until("well again", async () => (await health()).body.status === "ok");
  silenceDatabase();
  const started = performance.now();
  expect(await health()).toMatchObject({ status: 503, body: { database: { status: "down" } } });
  expect(performance.now() - started).toBeLessThan(6000);
  restoreDatabase();
  await until("well again", async () => (await health()).body.status === "ok");
});
