import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { sql } from "#__tests__/support/database-rows.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { GET as conversations } from "#app/api/v1/conversations/route.ts";
import { GET, PATCH } from "#app/api/v1/me/route.ts";
import { newId } from "#lib/kernel/ids.ts";

describe("/api/v1/me", () => {
  test("says who is logged in, where, and where else they could be", async () => {
    const [first, second] = [await aWorkspace(), await aWorkspace()];
    await sql(
      "insert into members (id, tenant_id, user_id, role, name, email, created_at) values ($1, $2, $3, 'agent', 'Ana', 'a@b.pe', now() + interval '1 s')",
      [newId("member"), second.tenantId, first.userId],
    );
    const here = await call(GET, { headers: first.owner });
    expect(here.body).toMatchObject({ tenant: { id: first.tenantId }, member: { role: "owner" } });
    expect(here.body.tenants.map(({ id }: { id: string }) => id)).toEqual([first.tenantId, second.tenantId]);
    // The role is the one of the workspace that the request names.
    const there = await call(GET, { headers: { ...first.owner, "x-recado-tenant": second.tenantId } });
    expect(there.body).toMatchObject({ tenant: { id: second.tenantId }, member: { role: "agent" } });
  });

  test("a new name is the member's too; language and theme are kept", async () => {
    const { owner, userId } = await aWorkspace();
    const body = { name: " Ana María ", locale: "pt-BR", theme: "dark" };
    const answer = await call(PATCH, { method: "PATCH", headers: owner, body });
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { name: "Ana María", locale: "pt-BR", theme: "dark" } },
    });
    expect(await sql("select name from members where user_id = $1", [userId])).toEqual([
      { name: "Ana María" },
    ]);
    expect((await call(GET, { headers: owner })).body.user).toMatchObject({ name: "Ana María" });
  });

  test.each([
    ["name", { name: "" }],
    ["name", { name: "a\u0000" }],
    ["locale", { locale: "fr" }],
    ["theme", { theme: "pink" }],
    ["email", { email: "otro@example.test" }],
    ["role", { role: "owner" }],
  ])("a wrong %s is named (%j)", async (path, body) => {
    const { owner } = await aWorkspace();
    expect(await call(PATCH, { method: "PATCH", headers: owner, body })).toMatchObject({
      status: 422,
      body: { errors: [{ path }] },
    });
  });

  test("somebody who is a member of nothing any more sees nothing", async () => {
    const { userId } = await aWorkspace();
    await sql("delete from members where user_id = $1", [userId]);
    const headers = await sessionOf(userId);
    expect((await call(GET, { headers })).status).toBe(404);
    expect((await call(conversations, { headers })).status).toBe(404);
  });
});

test("a business's programs may ask 1,200 times a minute; then they are told how long to wait", async () => {
  const { keyOf, owner, tenantId } = await aWorkspace();
  const headers = await keyOf("conversations:read");
  expect((await call(conversations, { headers })).status).toBe(200);
  const [row] = await sql("update rate_limits set points = 1200 where key = $1 returning key", [
    `api-key:${tenantId}`,
  ]);
  expect(row).toBeDefined();
  const refused = await call(conversations, { headers });
  expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  // People are not counted with their programs.
  expect((await call(conversations, { headers: owner })).status).toBe(200);
});
