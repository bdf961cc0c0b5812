import "#__tests__/support/database.ts";
import { createHmac } from "node:crypto";
import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { sql } from "#__tests__/support/database-rows.ts";
import { TEST_ENVIRONMENT } from "#__tests__/support/environment.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { POST } from "#app/api/realtime/auth/route.ts";
import { POST as signIn } from "#app/api/realtime/user/route.ts";
import { newId } from "#lib/kernel/ids.ts";
import {
  conversationChannel,
  conversationPresenceChannel,
  tenantChannel,
} from "#lib/realtime/channel-names.ts";

const SOCKET = "1234.5678";
const sign = (text: string) =>
  `${TEST_ENVIRONMENT.PUSHER_KEY}:${createHmac("sha256", TEST_ENVIRONMENT.PUSHER_SECRET).update(text).digest("hex")}`;

async function post(
  handler: typeof POST,
  form: Record<string, string> | string,
  headers: Record<string, string>,
) {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  const request = new NextRequest("http://127.0.0.1:3000/api/realtime/auth", {
    method: "POST",
    headers: { host: "127.0.0.1:3000", "content-type": "application/x-www-form-urlencoded", ...headers },
    body,
  });
  const response = await handler(request, { params: Promise.resolve({}) });
  return { status: response.status, body: await response.json() };
}

const join = (channel_name: string, headers: Record<string, string>, socket_id = SOCKET) =>
  post(POST, { socket_id, channel_name }, headers);

describe("joining a realtime channel", () => {
  test("a member gets the signature that Pusher's protocol asks for", async () => {
    const { owner, tenantId, conversation } = await aWorkspace();
    for (const name of [tenantChannel(tenantId), conversationChannel(conversation.id)])
      expect(await join(name, owner)).toEqual({ status: 200, body: { auth: sign(`${SOCKET}:${name}`) } });
  });

  test("on a presence channel others see the member's name and nothing else", async () => {
    const { owner, conversation } = await aWorkspace();
    const name = conversationPresenceChannel(conversation.id);
    const { status, body } = await join(name, owner);
    expect(status).toBe(200);
    expect(JSON.parse(body.channel_data)).toEqual({
      user_id: expect.stringMatching(/^mbr_/),
      user_info: { name: expect.any(String) },
    });
    expect(body.auth).toBe(sign(`${SOCKET}:${name}:${body.channel_data}`));
  });

  test("another business's channels do not exist", async () => {
    const [us, them] = [await aWorkspace(), await aWorkspace()];
    for (const name of [
      tenantChannel(them.tenantId),
      conversationChannel(them.conversation.id),
      conversationPresenceChannel(them.conversation.id),
      conversationChannel(newId("conversation")),
    ]) {
      const answer = await join(name, us.owner);
      expect(answer, name).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect(answer.body.auth).toBeUndefined();
    }
  });

  test("who works in two businesses hears of both", async () => {
    const [first, second] = [await aWorkspace(), await aWorkspace()];
    await sql(
      "insert into members (id, tenant_id, user_id, role, name, email) values ($1, $2, $3, 'agent', 'Ana', 'a@b.pe')",
      [newId("member"), second.tenantId, first.userId],
    );
    for (const name of [tenantChannel(second.tenantId), conversationChannel(second.conversation.id)])
      expect((await join(name, first.owner)).status, name).toBe(200);
  });

  test.each([
    "private-tenant-",
    "public",
    "private-tenant-tnt_x",
    "presence-tenant-x",
    "private-encrypted-x",
    "#server-to-user-x",
  ])("no signature for a channel of another kind: %s", async (name) => {
    const { owner } = await aWorkspace();
    expect((await join(name, owner)).status).toBe(403);
  });

  test.each(["", "1", "1.2.3", "a.b", "1234.5678:private-tenant-x", "1234.5678\n"])(
    "no signature for a socket id that is none: %j",
    async (socketId) => {
      const { owner, tenantId } = await aWorkspace();
      const answer = await join(tenantChannel(tenantId), owner, socketId);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "socket_id" }] } });
    },
  );

  test("without a session, with an API key, from another site or with an endless form: no signature", async () => {
    const { owner, tenantId, keyOf } = await aWorkspace();
    const name = tenantChannel(tenantId);
    expect((await join(name, {})).status).toBe(401);
    expect((await join(name, await keyOf())).status).toBe(403);
    expect((await join(name, { ...owner, origin: "https://evil.example" })).status).toBe(403);
    expect((await post(POST, `socket_id=${SOCKET}&channel_name=${"x".repeat(20_000)}`, owner)).status).toBe(
      413,
    );
  });

  test("a browser is signed in as its person", async () => {
    const { owner, userId } = await aWorkspace();
    const { status, body } = await post(signIn, { socket_id: SOCKET }, owner);
    expect(status).toBe(200);
    expect(JSON.parse(body.user_data)).toMatchObject({ id: userId });
    expect(body.auth).toBe(sign(`${SOCKET}::user::${body.user_data}`));
    expect((await post(signIn, { socket_id: SOCKET }, {})).status).toBe(401);
  });
});
