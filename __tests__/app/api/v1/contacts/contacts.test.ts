import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { POST as merge } from "#app/api/v1/contacts/[id]/merge/route.ts";
import { POST as undo } from "#app/api/v1/contacts/[id]/merges/[mergeId]/undo/route.ts";
import { GET as merges } from "#app/api/v1/contacts/[id]/merges/route.ts";
import { GET as picture } from "#app/api/v1/contacts/[id]/picture/route.ts";
import { GET as one, PATCH as rename } from "#app/api/v1/contacts/[id]/route.ts";
import { GET as list } from "#app/api/v1/contacts/route.ts";
import { PATCH as allow } from "#app/api/v1/groups/[id]/route.ts";
import { GET as groups } from "#app/api/v1/groups/route.ts";
import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { ensureConversation } from "#lib/domain/conversations/ensure-conversation.ts";
import { aConversation, anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";

async function aShop() {
  const inbox = await anInbox();
  return { ...inbox, headers: { origin: "http://127.0.0.1:3000", ...(await sessionOf(inbox.userId)) } };
}

async function aGroup({ ctx, channel }: Awaited<ReturnType<typeof aShop>>) {
  const address = { kind: "group" as const, id: "120363025246125486@g.us" };
  return inTransaction(ctx, async (tx) => {
    const contact = await upsertContact(tx, { addresses: [address] });
    return ensureConversation(tx, channel, contact, address);
  });
}

describe("finding contacts", () => {
  test("by name, by profile name, and by phone in any spelling", async () => {
    const { ctx, channel, headers } = await aShop();
    const bia = await aConversation(ctx, channel, "553188887777", "Bia");
    const found = async (q: string) => {
      const { body } = await call(list, { path: `/api/v1/contacts?q=${encodeURIComponent(q)}`, headers });
      return body.data.map(({ id }: { id: string }) => id);
    };
    for (const q of ["bia", "98888-7777", "8888-7777", "+55 31 98888-7777", "55 31 8888 7777", "(31) 98888"])
      expect(await found(q), q).toEqual([bia.contactId]);
    expect(await found("quispe")).toHaveLength(1);
    expect(await found("Bia 98888")).toEqual([]);
    expect(await found("%")).toEqual([]);
  });

  test("page after page, groups left out", async () => {
    const shop = await aShop();
    await aGroup(shop);
    for (const end of ["01", "02", "03"]) await aConversation(shop.ctx, shop.channel, `519111111${end}`);
    const seen: string[] = [];
    let cursor = "";
    do {
      const path = `/api/v1/contacts?limit=3${cursor && `&cursor=${cursor}`}`;
      const { body } = await call(list, { path, headers: shop.headers });
      seen.push(...body.data.map(({ phone }: { phone: string }) => phone));
      cursor = body.next ?? "";
    } while (cursor);
    expect(seen).toEqual(["+51911111103", "+51911111102", "+51911111101", "+51987654321"]);
  });
});

describe("naming, merging and parting over the API", () => {
  test("a name is given and taken", async () => {
    const { conversation, headers } = await aShop();
    const params = { id: conversation.contactId };
    const named = await call(rename, { method: "PATCH", params, body: { name: " Rosita " }, headers });
    expect(named.body).toMatchObject({ name: "Rosita", profileName: "Rosa Quispe" });
    await call(rename, { method: "PATCH", params, body: { name: "" }, headers });
    expect((await call(one, { params, headers })).body).toMatchObject({ name: null });
    const wrong = await call(rename, { method: "PATCH", params, body: { name: "x".repeat(121) }, headers });
    expect(wrong.body.errors[0]).toMatchObject({ path: "name" });
  });

  test("two are merged by hand, listed, and parted", async () => {
    const { ctx, channel, conversation, headers } = await aShop();
    const other = await aConversation(ctx, channel, "51911111111", "Rosa (trabajo)");
    // The older remains, whichever is named first.
    const params = { id: other.contactId };
    const body = { contactId: conversation.contactId };
    const merged = await call(merge, { method: "POST", params, body, headers });
    expect(merged).toMatchObject({
      status: 201,
      body: { contactId: conversation.contactId, merged: { id: other.contactId }, reason: "member" },
    });
    const survivor = { id: conversation.contactId };
    expect((await call(merges, { params: survivor, headers })).body.data).toHaveLength(1);
    expect((await call(one, { params, headers })).status).toBe(404);
    const undone = await call(undo, {
      method: "POST",
      params: { ...survivor, mergeId: merged.body.id },
      headers,
    });
    expect(undone.body).toMatchObject({ id: other.contactId, phone: "+51911111111" });
    expect((await call(one, { params, headers })).status).toBe(200);
  });

  test("with itself, with nobody or with a group is refused", async () => {
    const shop = await aShop();
    const { conversation, headers } = shop;
    const params = { id: conversation.contactId };
    const { contactId } = await aGroup(shop);
    for (const other of [conversation.contactId, "con_01k9zq3v8yf2c9g4m5n6p7r8st", contactId]) {
      const answer = await call(merge, { method: "POST", params, body: { contactId: other }, headers });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "contactId" }] } });
    }
  });

  test("another business finds and changes nothing", async () => {
    const mine = await aShop();
    const other = await aConversation(mine.ctx, mine.channel, "51911111111");
    const group = await aGroup(mine);
    const stranger = await aShop();
    const { headers } = stranger;
    const params = { id: mine.conversation.contactId };
    const body = { contactId: other.contactId };
    const tries = [
      call(one, { params, headers }),
      call(rename, { method: "PATCH", params, body: { name: "x" }, headers }),
      call(merge, { method: "POST", params, body, headers }),
      call(merges, { params, headers }),
      call(picture, { params, headers }),
      call(undo, {
        method: "POST",
        params: { ...params, mergeId: "mrg_01k9zq3v8yf2c9g4m5n6p7r8st" },
        headers,
      }),
      call(groups, { path: `/api/v1/groups?channelId=${mine.channel.id}`, headers }),
      call(allow, { method: "PATCH", params: { id: group.id }, body: { allowed: true }, headers }),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.status).toBe(404);
    const own = await call(merge, {
      method: "POST",
      params: { id: stranger.conversation.contactId },
      body,
      headers,
    });
    expect(own.status).toBe(422);
    expect((await call(list, { headers })).body.data).toHaveLength(1);
  });
});

test("groups are allowed by admins, and a chat with a person is none", async () => {
  const shop = await aShop();
  const group = await aGroup(shop);
  const { userId } = await aMember(shop.tenantId, "agent");
  const agent = { origin: "http://127.0.0.1:3000", ...(await sessionOf(userId)) };
  const change = (id: string, headers: Record<string, string>) =>
    call(allow, { method: "PATCH", params: { id }, body: { allowed: true }, headers });
  expect((await change(group.id, agent)).status).toBe(403);
  expect((await change(shop.conversation.id, shop.headers)).status).toBe(404);
  expect(await change(group.id, shop.headers)).toMatchObject({ status: 200, body: { allowed: true } });
  const path = `/api/v1/groups?channelId=${shop.channel.id}`;
  expect((await call(groups, { path, headers: agent })).body.data).toMatchObject([
    { id: group.id, allowed: true },
  ]);
});

test("keys need the scope of what they do", async () => {
  const { ctx, conversation } = await aShop();
  const { key } = await createApiKey(ctx, { name: "reader", scopes: ["contacts:read"] });
  const headers = { authorization: `Bearer ${key}` };
  expect((await call(list, { headers })).status).toBe(200);
  const params = { id: conversation.contactId };
  const answer = await call(rename, { method: "PATCH", params, body: { name: "x" }, headers });
  expect(answer).toMatchObject({ status: 403, body: { code: "missing_scope" } });
});
