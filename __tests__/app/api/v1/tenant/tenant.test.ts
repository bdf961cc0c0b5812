import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { GET, PATCH } from "#app/api/v1/tenant/route.ts";
import { aMember, aTenant } from "#prisma/factories/tenant.ts";

const change = async (userId: string, body: unknown) =>
  call(PATCH, {
    method: "PATCH",
    body,
    headers: { ...(await sessionOf(userId)), origin: "http://127.0.0.1:3000" },
  });

test("owners decide how long raw events are kept, for their business alone", async () => {
  const [shop, other] = [await aTenant(), await aTenant()];
  expect((await change(shop.userId, { eventRetentionDays: 90 })).body).toMatchObject({
    eventRetentionDays: 90,
  });
  expect((await call(GET, { headers: await sessionOf(shop.userId) })).body).toMatchObject({
    id: shop.tenantId,
    eventRetentionDays: 90,
  });
  expect((await call(GET, { headers: await sessionOf(other.userId) })).body.eventRetentionDays).toBe(30);
});

test("agents may not, and nonsense is refused", async () => {
  const shop = await aTenant();
  const agent = await aMember(shop.tenantId, "agent");
  expect((await change(agent.userId, { eventRetentionDays: 90 })).status).toBe(403);
  for (const eventRetentionDays of [0, 366, 1.5, "30", null])
    expect((await change(shop.userId, { eventRetentionDays })).status).toBe(422);
  expect((await change(shop.userId, { eventRetentionDays: 30, name: "x" })).status).toBe(422);
});
