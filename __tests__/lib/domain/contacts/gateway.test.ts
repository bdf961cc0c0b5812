import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { GET as getPicture } from "#app/api/v1/contacts/[id]/picture/route.ts";
import { systemContext } from "#lib/auth/system-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { listGroups } from "#lib/domain/conversations/find-groups.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { allowGroup } from "#lib/domain/conversations/set-allowed.ts";
import { getMessage, listMessages } from "#lib/domain/messages/queries.ts";
import { sendMessage, sendToPhone } from "#lib/domain/messages/send-message.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { asId } from "#lib/kernel/ids.ts";
import { aTextFrom, everybody, group, lid, phone, receive } from "./incoming.ts";

const PAGE = { limit: 50 };

let businesses = 0;

async function connected(country = "PE") {
  const { tenant, user, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
    country,
  });
  const ctx = systemContext(tenant.id);
  const row = () =>
    inTransaction(ctx, (tx) => tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }));
  const instance = (await row()).instanceName ?? "";
  // A number of its own: what the practice gateway has on record of a number comes back with it.
  businesses += 1;
  await phones.scan(instance, { phone: `519000001${String(businesses).padStart(2, "0")}` });
  await until("connected", async () => {
    await drainJobs();
    return (await listChannels(ctx))[0]?.status === "connected";
  });
  return { ctx, userId: user.id, instance, channel: await row() };
}

async function sent(ctx: Ctx, to: string) {
  const { id } = await sendToPhone(ctx, { to, type: "text", text: "hola" });
  await drainJobs("deliver-message");
  return getMessage(ctx, asId("message", id));
}

describe("writing to a number for the first time", () => {
  test("one that is not on WhatsApp fails at once and says so", async () => {
    const { ctx } = await connected();
    const message = await sent(ctx, "+51 980 000 000");
    expect(message).toMatchObject({ status: "failed", error: { code: "recipient_not_on_whatsapp" } });
  });

  test("a form that WhatsApp does not know gives way to the next, and is the same person", async () => {
    const { ctx, channel, instance } = await connected("BR");
    const message = await sent(ctx, "+55 31 98765-4321");
    expect(message.status).toBe("sent");
    const [person, ...others] = await everybody(ctx);
    expect(others).toEqual([]);
    expect(person?.phone).toBe("+5531987654321");
    // Answers from either form land in the same chat.
    for (const id of ["553187654321", "5531987654321"]) await receive(ctx, channel, aTextFrom([phone(id)]));
    const people = await everybody(ctx);
    expect(people).toHaveLength(1);
    expect(people[0]?.texts).toHaveLength(3);
    expect(await phones.messages(instance, "553187654321")).toHaveLength(1);
  });

  test("a person known by lid alone is answered there", async () => {
    const { ctx, instance } = await connected();
    const to = "51987650001";
    await phones.write(instance, to, {
      type: "text",
      text: "hola",
      lid: "777000111",
      addressing: "lid_only",
    });
    const conversation = await until("the chat", async () => {
      await drainJobs("process-inbound-event");
      return (await listConversations(ctx, PAGE)).data[0];
    });
    expect(conversation.contact).toMatchObject({ phone: null });
    await sendMessage(ctx, conversation.id, { type: "text", text: "con lid" });
    await drainJobs("deliver-message");
    await until("the reply", async () =>
      (await phones.messages(instance, to)).find(({ text }) => text === "con lid"),
    );
    await phones.write(instance, to, { type: "text", text: "soy yo", lid: "777000111", addressing: "lid" });
    await until("the phone", async () => {
      await drainJobs("process-inbound-event");
      return (await everybody(ctx))[0]?.phone === `+${to}`;
    });
    expect(await everybody(ctx)).toHaveLength(1);
  });
});

describe("groups", () => {
  const vip = group("120363025246125486@g.us");

  test("are kept out of sight until allowed, with name and authors, and never unread", async () => {
    const { ctx, channel } = await connected();
    const known = phone("51955511133");
    await receive(ctx, channel, aTextFrom([known], { name: "Beto" }));
    const author = { addresses: [phone("51987654321")], name: "Rosa" };
    await receive(ctx, channel, aTextFrom([vip], { author }));
    await receive(ctx, channel, aTextFrom([vip], { author: { addresses: [known] } }));
    await receive(ctx, channel, aTextFrom([vip], { author: { addresses: [phone("51911122233")] } }));
    await drainJobs("refresh-contact-picture");
    expect((await listConversations(ctx, PAGE)).data.map(({ contact }) => contact.kind)).toEqual(["person"]);
    const query = { ...PAGE, channelId: asId("channel", channel.id) };
    const [hidden] = (await listGroups(ctx, query)).data;
    expect(hidden).toMatchObject({
      allowed: false,
      unreadCount: 0,
      contact: { kind: "group", profileName: "Clientes VIP", phone: null },
    });
    if (!hidden) return;
    const { data } = await listMessages(ctx, hidden.id, PAGE);
    expect(data.map(({ author }) => author.name)).toEqual(["+51 911 122 233", "Beto", "Rosa"]);
    await expect(sendMessage(ctx, hidden.id, { type: "text", text: "hola" })).rejects.toMatchObject({
      code: "forbidden",
    });

    await allowGroup(ctx, hidden.id, { allowed: true });
    await receive(ctx, channel, aTextFrom([vip], { author }));
    const shown = (await listConversations(ctx, PAGE)).data[0];
    expect(shown).toMatchObject({ id: hidden.id, allowed: true, unreadCount: 1 });
    const reply = await sendMessage(ctx, hidden.id, { type: "text", text: "hola a todos" });
    await drainJobs("deliver-message");
    expect((await getMessage(ctx, asId("message", reply.id))).status).toBe("sent");

    await allowGroup(ctx, hidden.id, { allowed: false });
    expect((await listConversations(ctx, PAGE)).data).toHaveLength(1);
    expect((await listGroups(ctx, query)).data[0]?.unreadCount).toBe(0);
  });

  test("a group's list of members, by number and lid, makes one contact of two", async () => {
    const { ctx, channel } = await connected();
    await receive(ctx, channel, aTextFrom([phone("51955511122")]));
    await receive(ctx, channel, aTextFrom([lid("185820110777001")]));
    expect(await everybody(ctx)).toHaveLength(2);
    await receive(ctx, channel, aTextFrom([group("120363099990000001@g.us")]));
    await drainJobs("refresh-contact-picture");
    const people = (await everybody(ctx)).filter(({ kind }) => kind === "person");
    expect(people.map(({ addresses }) => addresses)).toEqual([["lid:185820110777001", "phone:51955511122"]]);
  });
});

describe("pictures", () => {
  test("are fetched with the first message, kept, and served to the business alone", async () => {
    const { ctx, userId, channel } = await connected();
    await receive(ctx, channel, aTextFrom([phone("51987654321")]));
    await drainJobs("refresh-contact-picture");
    const [conversation] = (await listConversations(ctx, PAGE)).data;
    const { id, pictureUrl } = conversation?.contact ?? {};
    expect(pictureUrl).toMatch(new RegExp(`^/api/v1/contacts/${id}/picture\\?v=[0-9a-f]{12}$`));
    const params = Promise.resolve({ id: id ?? "" });
    const request = async (headers: HeadersInit) => {
      const { NextRequest } = await import("next/server");
      return getPicture(new NextRequest(`http://127.0.0.1:3000${pictureUrl}`, { headers }), { params });
    };
    const answer = await request(await sessionOf(userId));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/svg+xml");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(await answer.text()).toContain("<svg");
    const stranger = await connected();
    expect((await request(await sessionOf(stranger.userId))).status).toBe(404);
    expect((await request({})).status).toBe(401);
  });

  test("are asked for once, then weekly; who has none has none", async () => {
    const { ctx, channel } = await connected();
    const bare = phone("51987650888");
    await receive(ctx, channel, aTextFrom([bare]));
    await drainJobs("refresh-contact-picture");
    const asked = (await everybody(ctx))[0]?.pictureAskedAt;
    await receive(ctx, channel, aTextFrom([bare]));
    expect((await everybody(ctx))[0]).toMatchObject({ pictureHash: null, pictureAskedAt: asked });
    const weekAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    await inTransaction(ctx, (tx) => tx.db.contact.updateMany({ data: { pictureAskedAt: weekAgo } }));
    await receive(ctx, channel, aTextFrom([bare]));
    expect((await everybody(ctx))[0]?.pictureAskedAt?.getTime()).toBeGreaterThan(weekAgo.getTime());
  });

  test("not a route of its own for what does not exist", async () => {
    const { userId } = await connected();
    const answer = await call(getPicture, {
      params: { id: "con_01k9zq3v8yf2c9g4m5n6p7r8st" },
      headers: await sessionOf(userId),
    });
    expect(answer.status).toBe(404);
  });
});
