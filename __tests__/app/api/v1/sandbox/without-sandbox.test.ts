import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { GET as getState } from "#app/api/v1/sandbox/channels/[id]/route.ts";
import { GET as getFaults } from "#app/api/v1/sandbox/faults/route.ts";
import { env } from "#lib/kernel/env.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";

test("beside a real gateway there is no practice phone", async () => {
  expect(env().SANDBOX_URL).toBeUndefined();
  const tenant = await aTenant();
  const { id } = await aChannel(tenant.ctx);
  const headers = await sessionOf(tenant.userId);
  expect((await call(getState, { headers, params: { id } })).status).toBe(404);
  expect((await call(getFaults, { headers })).status).toBe(404);
});
