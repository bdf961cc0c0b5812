import "#__tests__/support/database.ts";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { until } from "#__tests__/support/until.ts";
import { GET as getMedia } from "#app/api/v1/sandbox/channels/[id]/chats/[phone]/messages/[messageId]/media/route.ts";
import {
  GET as listMessages,
  POST as write,
} from "#app/api/v1/sandbox/channels/[id]/chats/[phone]/messages/route.ts";
import { POST as setOnline } from "#app/api/v1/sandbox/channels/[id]/chats/[phone]/online/route.ts";
import { POST as setPresence } from "#app/api/v1/sandbox/channels/[id]/chats/[phone]/presence/route.ts";
import { POST as read } from "#app/api/v1/sandbox/channels/[id]/chats/[phone]/read/route.ts";
import { POST as logout } from "#app/api/v1/sandbox/channels/[id]/logout/route.ts";
import { GET as getState } from "#app/api/v1/sandbox/channels/[id]/route.ts";
import { POST as scan } from "#app/api/v1/sandbox/channels/[id]/scan/route.ts";
import { POST as play } from "#app/api/v1/sandbox/channels/[id]/scenario/route.ts";
import { PATCH as setFaults } from "#app/api/v1/sandbox/faults/route.ts";
import { connectChannel } from "#lib/domain/channels/connect-channel.ts";
import { practicePhones } from "#lib/domain/sandbox/practice-phones.ts";
import { fromRoot } from "#lib/runtime/project.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";

const PHONE = "51900000101";

async function aShop() {
  const tenant = await aTenant();
  const channel = await aChannel(tenant.ctx, { status: "disconnected" });
  const headers = await sessionOf(tenant.userId);
  const phone = practicePhones({ id: tenant.tenantId, country: "PE" }).business;
  return { ...tenant, headers, phone, params: { id: channel.id }, instance: channel.instanceName ?? "" };
}
type Shop = Awaited<ReturnType<typeof aShop>>;

/** The shop's number shows a code and the practice phone has scanned it. */
async function aLinkedShop(): Promise<Shop> {
  const shop = await aShop();
  await connectChannel(shop.ctx, shop.params.id);
  await until("a code", async () => (await phones.instance(shop.instance)).qr);
  const scanned = await call(scan, { method: "POST", ...shop, body: { phone: shop.phone, name: "Luz" } });
  expect(scanned.status).toBe(204);
  await until("linked", async () => (await phones.instance(shop.instance)).state === "open");
  return shop;
}

const chatOf = (shop: Shop) => ({ headers: shop.headers, params: { ...shop.params, phone: PHONE } });
const post = (handler: Parameters<typeof call>[0], shop: Shop, body: unknown) =>
  call(handler, { method: "POST", ...chatOf(shop), body });

describe("the practice phone's API", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await aLinkedShop();
  });

  test("tells the state of the number without the gateway's own addresses", async () => {
    const { status, body } = await call(getState, shop);
    expect(status).toBe(200);
    expect(body.instance).toMatchObject({ state: "open", phone: shop.phone.slice(1), qr: null });
    expect(body.instance).not.toHaveProperty("webhookUrl");
    expect(body.faults).toMatchObject({ down: false });
  });

  test("a customer writes, and their phone shows it", async () => {
    const written = await post(write, shop, { type: "text", text: "Hola", name: "Carla" });
    expect(written.status).toBe(201);
    const { body } = await call(listMessages, chatOf(shop));
    expect(body.data).toEqual([
      expect.objectContaining({ id: written.body.id, from: "customer", text: "Hola" }),
    ]);
    const state = await call(getState, shop);
    expect(state.body.chats).toEqual([expect.objectContaining({ phone: PHONE, name: "Carla" })]);
  });

  test("the bundled photo and voice note go through and come back as they were", async () => {
    const sent = [
      { type: "image", file: "cake.jpg", mimeType: "image/jpeg" },
      { type: "voice", file: "voice-note.ogg", mimeType: "audio/ogg; codecs=opus" },
    ];
    for (const { type, file, mimeType } of sent) {
      const bytes = await readFile(fromRoot(`public/sandbox/${file}`));
      const media = bytes.toString("base64");
      const written = await post(write, shop, { type, media, mimeType, fileName: file, name: "Carla" });
      expect(written.status).toBe(201);
      const params = { ...chatOf(shop).params, messageId: written.body.id };
      const request = new Request("http://127.0.0.1:3000/x", { headers: shop.headers });
      const { NextRequest } = await import("next/server");
      const answer = await getMedia(new NextRequest(request), { params: Promise.resolve(params) });
      expect(answer.headers.get("content-type")).toContain(mimeType.split(";")[0]);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  test("a phone goes offline, types, reads and comes back", async () => {
    expect((await post(setOnline, shop, { online: false })).status).toBe(204);
    expect((await call(getState, shop)).body.chats[0].online).toBe(false);
    expect((await post(setOnline, shop, { online: true })).status).toBe(204);
    expect((await post(setPresence, shop, { presence: "composing" })).status).toBe(204);
    expect((await post(read, shop, { played: true })).status).toBe(204);
    expect((await call(getState, shop)).body.chats[0].online).toBe(true);
  });

  test("faults are set one by one and stay within their bounds", async () => {
    const change = { method: "PATCH", headers: shop.headers } as const;
    const changed = await call(setFaults, { ...change, body: { duplicateRate: 0.5 } });
    expect(changed.body).toMatchObject({ duplicateRate: 0.5, dropRate: 0 });
    const tooMuch = await call(setFaults, { ...change, body: { dropRate: 2 } });
    expect(tooMuch).toMatchObject({ status: 422, body: { code: "invalid_input" } });
    expect(tooMuch.body.errors[0].path).toBe("dropRate");
    await call(setFaults, { ...change, body: { duplicateRate: 0 } });
  });

  test("somebody whose number is hidden writes", async () => {
    const body = { name: "hidden_number", contactName: "Sin número", text: "Hola" };
    expect((await call(play, { method: "POST", ...shop, body })).status).toBe(204);
    const { body: state } = await call(getState, shop);
    expect(state.chats).toContainEqual(expect.objectContaining({ addressing: "lid_only" }));
  });

  test("unknown fields are named, and a wrong phone names nothing", async () => {
    const wrong = await post(write, shop, { type: "text", text: "Hola", name: "Carla", colour: "red" });
    expect(wrong).toMatchObject({ status: 422, body: { code: "invalid_input" } });
    const params = { ...shop.params, phone: "../faults" };
    expect((await call(listMessages, { headers: shop.headers, params })).status).toBe(404);
  });
});

test("what the phone cannot do now is refused with its reason", async () => {
  const shop = await aShop();
  expect((await call(getState, shop)).body).toMatchObject({ instance: null, chats: [] });
  const scanned = await call(scan, { method: "POST", ...shop, body: { phone: "51900000001" } });
  expect(scanned).toMatchObject({ status: 502, body: { code: "gateway_instance_missing" } });

  const linked = await aLinkedShop();
  const again = await call(scan, { method: "POST", ...linked, body: { phone: "51900000001" } });
  expect(again).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect((await call(logout, { method: "POST", ...linked })).status).toBe(204);
  const twice = await call(logout, { method: "POST", ...linked });
  expect(twice).toMatchObject({ status: 409, body: { code: "channel_disconnected" } });
});

test("another business's number is not found, whatever is asked of it", async () => {
  const [mine, other] = [await aLinkedShop(), await aShop()];
  const foreign: Shop = { ...mine, headers: other.headers };
  const text = { type: "text", text: "Hola", name: "Carla" };
  const answers = await Promise.all([
    call(getState, foreign),
    call(listMessages, chatOf(foreign)),
    post(write, foreign, text),
    post(read, foreign, {}),
    post(setOnline, foreign, { online: false }),
    post(setPresence, foreign, { presence: "composing" }),
    call(scan, { method: "POST", ...foreign, body: { phone: "51900000001" } }),
    call(logout, { method: "POST", ...foreign }),
    call(play, { method: "POST", ...foreign, body: { name: "banned" } }),
    call(getMedia, { ...foreign, params: { ...chatOf(foreign).params, messageId: "x" } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect(await phones.messages(mine.instance, PHONE)).toEqual([]);
  expect((await phones.instance(mine.instance)).state).toBe("open");
});

test("a practice phone that another business has linked cannot be linked to read its chats", async () => {
  const [theirs, mine] = [await aLinkedShop(), await aShop()];
  await connectChannel(mine.ctx, mine.params.id);
  await until("a code", async () => (await phones.instance(mine.instance)).qr);
  const scanned = await call(scan, { method: "POST", ...mine, body: { phone: theirs.phone } });
  expect(scanned).toMatchObject({ status: 409, body: { code: "conflict", errors: [{ path: "phone" }] } });
  expect((await phones.instance(mine.instance)).phone).toBeNull();
});

test("nobody plays without a session", async () => {
  const { params } = await aShop();
  expect((await call(getState, { params })).status).toBe(401);
});
