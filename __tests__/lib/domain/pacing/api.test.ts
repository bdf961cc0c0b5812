import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { GET, PATCH } from "#app/api/v1/channels/[id]/pacing/route.ts";
import { POST as RESUME } from "#app/api/v1/channels/[id]/resume/route.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { stopSending } from "#lib/domain/pacing/stop-sending.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMember, aTenant } from "#prisma/factories/tenant.ts";

async function setUp() {
  const inbox = await anInbox();
  const cookie = await sessionOf(inbox.userId);
  const headers = { ...cookie, origin: "http://127.0.0.1:3000", "x-recado-tenant": inbox.tenantId };
  return { ...inbox, params: { id: inbox.channel.id }, headers };
}

test("settings are shown with today's budget, and changed one by one", async () => {
  const { params, headers } = await setUp();
  const shown = await call(GET, { params, headers });
  expect(shown).toMatchObject({
    status: 200,
    body: {
      settings: { perMinute: 50, firstContactsPerDay: 150, quietHours: null },
      today: { firstContacts: 0, firstContactsMax: 10, warmUpDay: 1 },
      waiting: 0,
      stopped: null,
    },
  });
  const body = { quietHours: { from: "21:00", to: "09:00" }, warmUp: false };
  const changed = await call(PATCH, { method: "PATCH", params, headers, body });
  expect(changed.body).toMatchObject({
    settings: { perMinute: 50, ...body },
    today: { firstContactsMax: 150, warmUpDay: null },
  });
  const off = await call(PATCH, { method: "PATCH", params, headers, body: { perMinute: null } });
  expect(off.body).toMatchObject({
    settings: { perMinute: null, ...body },
    today: { firstContactsMax: null },
  });
});

test.each([
  [{ perMinute: 0 }, "perMinute"],
  [{ jitterMs: [500, 100] }, "jitterMs"],
  [{ firstContactsPerDay: 1.5 }, "firstContactsPerDay"],
  [{ quietHours: { from: "25:00", to: "09:00" } }, "quietHours.from"],
  [{ quietHours: { from: "09:00", to: "09:00" } }, "quietHours.to"],
  [{ unknown: 1 }, "unknown"],
])("%j is refused, naming the field", async (body, path) => {
  const { params, headers } = await setUp();
  const answer = await call(PATCH, { method: "PATCH", params, headers, body });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
});

test("a stop is shown and ended once; agents may not, other businesses do not find it", async () => {
  const { ctx, tenantId, channel, params, headers } = await setUp();
  await inTransaction(ctx, (tx) => stopSending(tx, channel, "banned", new Date()));
  expect((await call(GET, { params, headers })).body.stopped).toMatchObject({ reason: "banned" });

  const agent = await aMember(tenantId, "agent");
  const agentHeaders = { ...headers, ...(await sessionOf(agent.userId)) };
  expect((await call(RESUME, { method: "POST", params, headers: agentHeaders })).status).toBe(403);
  expect((await call(PATCH, { method: "PATCH", params, headers: agentHeaders, body: {} })).status).toBe(403);

  const stranger = await aTenant();
  const strange = { ...headers, ...(await sessionOf(stranger.userId)), "x-recado-tenant": stranger.tenantId };
  expect((await call(RESUME, { method: "POST", params, headers: strange })).status).toBe(404);

  expect((await call(RESUME, { method: "POST", params, headers })).body.stopped).toBeNull();
  expect((await call(RESUME, { method: "POST", params, headers })).status).toBe(200);
});
