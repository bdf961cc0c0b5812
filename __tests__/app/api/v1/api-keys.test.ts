import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { DELETE } from "#app/api/v1/api-keys/[id]/route.ts";
import { GET, POST } from "#app/api/v1/api-keys/route.ts";
import { GET as listConversations } from "#app/api/v1/conversations/route.ts";

const NEW = { name: "Contabilidad", scopes: ["conversations:read"] };

test("a key is shown once, works, and is gone from the moment it is revoked", async () => {
  const { owner, conversation } = await aWorkspace();
  const made = await call(POST, { method: "POST", headers: owner, body: NEW });
  expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^rk_[\w-]{43}$/), ...NEW } });
  const bearer = { authorization: `Bearer ${made.body.key}` };
  expect(await call(listConversations, { headers: bearer })).toMatchObject({
    status: 200,
    body: { data: [] },
  });
  expect(conversation.lastMessageId).toBeNull();

  const listed = await call(GET, { headers: owner });
  expect(listed.body.data).toEqual([
    expect.objectContaining({ id: made.body.id, hint: made.body.key.slice(-4) }),
  ]);
  expect(listed.body.data[0].lastUsedAt).not.toBeNull();
  expect(JSON.stringify(listed.body)).not.toContain(made.body.key);

  const gone = await call(DELETE, { method: "DELETE", params: { id: made.body.id }, headers: owner });
  expect(gone.status).toBe(204);
  expect(await call(listConversations, { headers: bearer })).toMatchObject({ status: 401 });
  expect((await call(GET, { headers: owner })).body.data).toEqual([]);
  expect(
    await call(DELETE, { method: "DELETE", params: { id: made.body.id }, headers: owner }),
  ).toMatchObject({ status: 404 });
});

test("the database keeps no key, and the audit log says who made and revoked it", async () => {
  const { owner, tenantId } = await aWorkspace();
  const { body } = await call(POST, { method: "POST", headers: owner, body: NEW });
  await call(DELETE, { method: "DELETE", params: { id: body.id }, headers: owner });
  const rows = await sql("select to_jsonb(t)::text as row from api_keys t where tenant_id = $1", [tenantId]);
  const log = await sql(
    "select action, target_id, data::text from audit_log where tenant_id = $1 order by id",
    [tenantId],
  );
  expect(log.map(({ action }) => action)).toEqual(["api_key.created", "api_key.revoked"]);
  expect(JSON.stringify([rows, log])).not.toContain(body.key.slice(3));
});

test("a remembered answer never keeps a key", async () => {
  const { owner, tenantId } = await aWorkspace();
  const headers = { ...owner, "idempotency-key": "una-vez" };
  await call(POST, { method: "POST", headers, body: NEW });
  expect(await countOf("idempotency_keys", "tenant_id = $1", [tenantId])).toBe(0);
});

test("a key makes no keys, and reaches no person's profile", async () => {
  const { keyOf } = await aWorkspace();
  const headers = await keyOf();
  expect(await call(POST, { method: "POST", headers, body: NEW })).toMatchObject({ status: 403 });
  expect(await call(GET, { headers })).toMatchObject({ status: 403 });
});

test.each([
  ["name", { ...NEW, name: " " }],
  ["name", { ...NEW, name: "a\u0000b" }],
  ["name", { ...NEW, name: "\ud800" }],
  ["scopes", { ...NEW, scopes: [] }],
  ["scopes.0", { ...NEW, scopes: ["everything"] }],
  ["tenantId", { ...NEW, tenantId: "tnt_x" }],
])("an invalid %s is named and no key is made", async (path, body) => {
  const { owner, tenantId } = await aWorkspace();
  const answer = await call(POST, { method: "POST", headers: owner, body });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  expect(await countOf("api_keys", "tenant_id = $1", [tenantId])).toBe(0);
});
