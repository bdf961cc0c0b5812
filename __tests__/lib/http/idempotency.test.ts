import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { POST as openConversation } from "#app/api/v1/conversations/route.ts";
import { POST as sendToPhone } from "#app/api/v1/messages/route.ts";

const BODY = { to: "+51912345678", type: "text", text: "hola" };
const send = (headers: Record<string, string>, body: unknown = BODY) =>
  call(sendToPhone, { method: "POST", path: "/api/v1/messages", headers, body });

describe("Idempotency-Key", () => {
  test("the same key and request: one message, and the first answer again", async () => {
    const { owner, tenantId } = await aWorkspace();
    const headers = { ...owner, "idempotency-key": "pedido-1" };
    const first = await send(headers);
    const again = await send(headers);
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(await countOf("messages", "tenant_id = $1", [tenantId])).toBe(1);
  });

  test("the same key for another body or another route is refused", async () => {
    const { owner, tenantId } = await aWorkspace();
    const headers = { ...owner, "idempotency-key": "pedido-1" };
    await send(headers);
    expect(await send(headers, { ...BODY, text: "otra cosa" })).toMatchObject({
      status: 409,
      body: { code: "idempotency_key_reused" },
    });
    const elsewhere = await call(openConversation, {
      method: "POST",
      path: "/api/v1/conversations",
      headers,
      body: { to: BODY.to },
    });
    expect(elsewhere).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
    expect(await countOf("messages", "tenant_id = $1", [tenantId])).toBe(1);
  });

  test("ten at once: one is done, the others get its answer or are told to come back", async () => {
    const { owner, tenantId } = await aWorkspace();
    const headers = { ...owner, "idempotency-key": "pedido-1" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(headers)));
    expect(await countOf("messages", "tenant_id = $1", [tenantId])).toBe(1);
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    for (const { status, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect(status).toBe(409);
      expect(headers.get("retry-after")).toBe("2");
    }
    expect((await send(headers)).body.id).toBe(done[0]?.body.id);
  });

  test("a refused request frees its key for the corrected one", async () => {
    const { owner } = await aWorkspace();
    const headers = { ...owner, "idempotency-key": "pedido-1" };
    expect((await send(headers, { ...BODY, to: "123" })).status).toBe(422);
    expect((await send(headers)).status).toBe(201);
  });

  test("a key whose first request died with its process is free again after a minute", async () => {
    const { owner, tenantId } = await aWorkspace();
    const insert = `insert into idempotency_keys (tenant_id, key, request_hash, status, body, created_at) values ($1, $2, 'x', 0, '{}', now() - $3::interval)`;
    await sql(insert, [tenantId, "vieja", "61 s"]);
    await sql(insert, [tenantId, "nueva", "30 s"]);
    expect((await send({ ...owner, "idempotency-key": "vieja" })).status).toBe(201);
    expect((await send({ ...owner, "idempotency-key": "nueva" })).status).toBe(409);
  });

  test("keys of two businesses never meet", async () => {
    const [one, two] = [await aWorkspace(), await aWorkspace()];
    const first = await send({ ...one.owner, "idempotency-key": "pedido-1" });
    const second = await send({ ...two.owner, "idempotency-key": "pedido-1" });
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test("an endless key is refused", async () => {
    const { owner } = await aWorkspace();
    expect((await send({ ...owner, "idempotency-key": "x".repeat(201) })).status).toBe(422);
  });
});
