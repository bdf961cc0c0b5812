import "#__tests__/support/database.ts";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs, queuedJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { systemContext } from "#lib/auth/system-context.ts";
import { listOpenAlerts } from "#lib/domain/alerts/queries.ts";
import { resumeSending } from "#lib/domain/channels/resume-sending.ts";
import { updatePacing } from "#lib/domain/channels/update-pacing.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { openConversation } from "#lib/domain/conversations/open-conversation.ts";
import { deliverMessage } from "#lib/domain/messages/deliver-message.ts";
import { failMessage } from "#lib/domain/messages/fail-message.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { getPacing } from "#lib/domain/pacing/queries.ts";
import type { UpdatePacing } from "#lib/domain/pacing/schema.ts";
import { stopSending } from "#lib/domain/pacing/stop-sending.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { asId, type ChannelId, type ConversationId, type MessageId } from "#lib/kernel/ids.ts";
import { queue } from "#lib/queue/boss.ts";
import { startWorker } from "#lib/worker/runner.ts";
import { aMember } from "#prisma/factories/tenant.ts";

type Shop = { ctx: Ctx; member: Ctx; channelId: ChannelId; instance: string };
let shop: Shop;
let worker: Awaited<ReturnType<typeof startWorker>> | null = null;

beforeEach(async () => {
  const { tenant, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
    timeZone: "America/Lima",
  });
  const ctx = systemContext(tenant.id);
  const member = (await aMember(asId("tenant", tenant.id), "agent")).ctx;
  const { instanceName } = await inTransaction(ctx, (tx) =>
    tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }),
  );
  if (!instanceName) throw new Error("no instance");
  shop = { ctx, member, channelId: asId("channel", channel.id), instance: instanceName };
  await phones.scan(instanceName, { phone: `519${Math.floor(1e7 + Math.random() * 8e7)}` });
  await until("connected", async () => {
    await drainJobs();
    return (await channelRow()).status === "connected";
  });
});

afterAll(() => worker?.stop());

const channelRow = () =>
  inTransaction(shop.ctx, (tx) => tx.db.channel.findUniqueOrThrow({ where: { id: shop.channelId } }));

const pace = (input: UpdatePacing) => updatePacing(shop.ctx, shop.channelId, input);

async function chat(phone: string) {
  return asId("conversation", (await openConversation(shop.ctx, { to: phone })).id);
}

/** A chat in which the customer has written. */
async function answeredChat(phone: string): Promise<ConversationId> {
  await phones.write(shop.instance, phone.slice(1), { type: "text", text: "Hola" });
  return until("the customer's chat", async () => {
    await drainJobs("process-inbound-event");
    const found = await inTransaction(shop.ctx, (tx) =>
      tx.db.conversation.findFirst({
        where: { addressValue: { contains: phone.slice(1) }, lastInboundAt: { not: null } },
      }),
    );
    return found && asId("conversation", found.id);
  });
}

async function say(ctx: Ctx, conversation: ConversationId, ...texts: string[]): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (const text of texts)
    ids.push(asId("message", (await sendMessage(ctx, conversation, { type: "text", text })).id));
  return ids;
}

const row = (id: MessageId) =>
  inTransaction(shop.ctx, (tx) => tx.db.message.findUniqueOrThrow({ where: { id } }));

async function shown(phone: string): Promise<string[]> {
  const messages = await phones.messages(shop.instance, phone.slice(1));
  return messages.flatMap(({ text, from }) => (from === "business" && text ? [text] : []));
}

/** Works the deliveries whose moment has come by the clock given, as the queue would. */
async function workAt(now: Date): Promise<void> {
  const boss = await queue();
  for (let worked = true; worked; ) {
    const jobs = await boss.fetch<{ messageId: MessageId }>("deliver-message", {
      batchSize: 50,
      includeMetadata: true,
      ignoreStartAfter: true,
    });
    worked = jobs.length > 0;
    let early = 0;
    for (const job of jobs) {
      await deliverMessage(shop.ctx, job.data.messageId, { now: () => now });
      await boss.complete("deliver-message", job.id);
      const after = await inTransaction(shop.ctx, (tx) =>
        tx.db.message.findUnique({ where: { id: job.data.messageId } }),
      );
      if (!after || (after.waitUntil && after.waitUntil > now)) early += 1;
    }
    if (early === jobs.length) return;
  }
}

const LIMA_NIGHT = new Date("2027-03-02T04:30:00Z");
const LIMA_MORNING = new Date("2027-03-02T14:00:00Z");

describe("quiet hours", () => {
  test("hold a first contact, say until when, tell the browsers once, and let it go in the morning", async () => {
    await pace({ quietHours: { from: "21:00", to: "09:00" } });
    const conversation = await chat("+51987000001");
    const [id] = await say(shop.ctx, conversation, "Buenas noches");
    if (!id) throw new Error("no message");
    await deliverMessage(shop.ctx, id, { now: () => LIMA_NIGHT });
    const events = await updatesOf(id);
    await deliverMessage(shop.ctx, id, { now: () => LIMA_NIGHT });
    expect(await updatesOf(id)).toBe(events);
    expect(events).toBe(1);
    const { data } = await listMessages(shop.ctx, conversation, { limit: 5 });
    expect(data[0]).toMatchObject({
      status: "queued",
      waiting: { reason: "quiet_hours", until: LIMA_MORNING.toISOString() },
    });
    expect(await getPacing(shop.ctx, shop.channelId)).toMatchObject({ waiting: 1 });

    await deliverMessage(shop.ctx, id, { now: () => LIMA_MORNING });
    expect(await row(id)).toMatchObject({ status: "sent", waitReason: null, waitUntil: null });
    expect(await channelRow()).toMatchObject({ pacingDay: "2027-03-02", firstContactsToday: 1 });
  });

  test("never hold a reply; what waited goes out before it once the customer has written", async () => {
    await pace({ quietHours: { from: "00:00", to: "23:59" } });
    const phone = "+51987000002";
    const conversation = await chat(phone);
    await say(shop.ctx, conversation, "primero");
    await drainJobs("deliver-message");
    expect(await shown(phone)).toEqual([]);
    await answeredChat(phone);
    await say(shop.member, conversation, "segundo");
    await drainJobs("deliver-message");
    expect(await shown(phone)).toEqual(["primero", "segundo"]);
  });
});

const updatesOf = (id: MessageId) =>
  inTransaction(shop.ctx, (tx) =>
    tx.db.domainEvent.count({
      where: { type: "message.updated", payload: { path: ["messageId"], equals: id } },
    }),
  );

test("a chat keeps its order while its first message waits, whatever order the jobs come in", async () => {
  await pace({ quietHours: { from: "21:00", to: "09:00" } });
  const phone = "+51987000003";
  const conversation = await chat(phone);
  const ids = await say(shop.ctx, conversation, "uno", "dos", "tres", "cuatro");
  for (const id of ids) await deliverMessage(shop.ctx, id, { now: () => LIMA_NIGHT });
  expect(await Promise.all(ids.map(row))).toEqual(
    ids.map(() => expect.objectContaining({ status: "queued", waitReason: "quiet_hours" })),
  );
  for (const id of ids.toReversed()) await deliverMessage(shop.ctx, id, { now: () => LIMA_MORNING });
  // Only the first may leave; it wakes the second, which finds its own place in the line.
  for (let minute = 0; minute < 2; minute++) await workAt(new Date(LIMA_MORNING.getTime() + minute * 60_000));
  await until("all of them", async () => {
    await workAt(new Date(LIMA_MORNING.getTime() + 300_000));
    return (await shown(phone)).length === 4;
  });
  expect(await shown(phone)).toEqual(["uno", "dos", "tres", "cuatro"]);
});

test("who stands behind a message that is given up goes next", async () => {
  await pace({ quietHours: { from: "21:00", to: "09:00" } });
  const conversation = await chat("+51987000010");
  const [first, second] = await say(shop.ctx, conversation, "uno", "dos");
  if (!first || !second) throw new Error("no messages");
  for (const id of [first, second]) await deliverMessage(shop.ctx, id, { now: () => LIMA_NIGHT });
  expect(await row(second)).toMatchObject({ waitReason: "quiet_hours", waitUntil: null });
  await drainJobs("deliver-message");
  await failMessage(shop.ctx, first, new Error("a bug"));
  expect(await queuedJobs("deliver-message")).toContainEqual(expect.objectContaining({ messageId: second }));
});

test("two workers at once never take more than the bucket holds", async () => {
  await pace({ perMinute: 20 });
  const conversations = await Promise.all(
    Array.from({ length: 12 }, (_, index) => answeredChat(`+519870010${String(index).padStart(2, "0")}`)),
  );
  const ids = (await Promise.all(conversations.map((one) => say(shop.member, one, "hola")))).flat();
  const now = new Date();
  await Promise.all(ids.map((id) => deliverMessage(shop.ctx, id, { now: () => now })));
  const rows = await Promise.all(ids.map(row));
  expect(rows.filter(({ status }) => status === "sent")).toHaveLength(4);
  const waits = rows.flatMap(({ waitUntil }) => (waitUntil ? [waitUntil.getTime() - now.getTime()] : []));
  expect(waits.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((place) => place * 3000));
});

test("the queue brings a waiting message back at its moment, in order, by a worker that starts later", async () => {
  await pace({ perMinute: 300 });
  const phone = "+51987000004";
  const conversation = await answeredChat(phone);
  await inTransaction(shop.ctx, (tx) =>
    tx.db.channel.update({ where: { id: shop.channelId }, data: { pacingTokens: 0, pacingAt: new Date() } }),
  );
  const texts = ["a", "b", "c", "d", "e"];
  await say(shop.member, conversation, ...texts);
  await drainJobs("deliver-message");
  expect((await shown(phone)).length).toBeLessThan(texts.length);
  worker = await startWorker();
  await until("all of them", async () => (await shown(phone)).length === texts.length, 20_000);
  expect(await shown(phone)).toEqual(texts);
  await worker.stop();
  worker = null;
}, 40_000);

test("replies pass a campaign message that waits", async () => {
  await pace({ quietHours: { from: "00:00", to: "23:59" } });
  const phone = "+51987000005";
  const conversation = await answeredChat(phone);
  const [campaign] = await say(shop.ctx, conversation, "oferta");
  if (!campaign) throw new Error("no message");
  await inTransaction(shop.ctx, (tx) =>
    tx.db.message.update({ where: { id: campaign }, data: { authorKind: "campaign" } }),
  );
  await drainJobs("deliver-message");
  expect(await row(campaign)).toMatchObject({ status: "queued", waitReason: "quiet_hours" });
  await say(shop.member, conversation, "respuesta");
  await drainJobs("deliver-message");
  expect(await shown(phone)).toEqual(["respuesta"]);
  await pace({ quietHours: null });
  await drainJobs("deliver-message");
  expect(await shown(phone)).toEqual(["respuesta", "oferta"]);
});

describe("a hard stop", () => {
  test("holds everything with its reason, tells the owner, and ends when somebody resumes", async () => {
    const phone = "+51987000006";
    const conversation = await answeredChat(phone);
    await inTransaction(shop.ctx, async (tx) =>
      stopSending(
        tx,
        await tx.db.channel.findUniqueOrThrow({ where: { id: shop.channelId } }),
        "banned",
        new Date(),
      ),
    );
    const ids = await say(shop.member, conversation, "uno", "dos");
    await drainJobs("deliver-message");
    expect(await Promise.all(ids.map(row))).toEqual(
      ids.map(() => expect.objectContaining({ status: "queued", waitReason: "stopped", waitUntil: null })),
    );
    expect((await listOpenAlerts(shop.ctx)).map(({ kind }) => kind)).toContain("sending_stopped");
    expect(await getPacing(shop.ctx, shop.channelId)).toMatchObject({
      stopped: { reason: "banned" },
      waiting: 2,
    });
    await expect(resumeSending(shop.member, shop.channelId)).rejects.toMatchObject({ code: "forbidden" });
    expect(await resumeSending(shop.ctx, shop.channelId)).toMatchObject({ stopped: null });
    await drainJobs("deliver-message");
    expect(await shown(phone)).toEqual(["uno", "dos"]);
    expect((await listOpenAlerts(shop.ctx)).map(({ kind }) => kind)).not.toContain("sending_stopped");
  });

  test("comes when the last five first contacts were all refused, and leaves conversations alone", async () => {
    await pace({ perMinute: 600, jitterMs: [0, 0] });
    const friend = await answeredChat("+51987000007");
    for (let index = 0; index < 5; index++) {
      expect((await channelRow()).stopReason).toBeNull();
      // The practice gateway takes these (201) and refuses them a moment later, as WhatsApp does on 463.
      const [id] = await say(shop.member, await chat(`+519${index}8880463`), "Hola");
      if (!id) throw new Error("no message");
      await until("refused", async () => {
        await drainJobs();
        return (await row(id)).status === "failed";
      });
    }
    expect(await channelRow()).toMatchObject({ stopReason: "refusals" });
    const [reply] = await say(shop.member, friend, "Claro que sí");
    const [opening] = await say(shop.ctx, await chat("+51987000008"), "Hola");
    if (!reply || !opening) throw new Error("no message");
    await drainJobs("deliver-message");
    expect(await row(reply)).toMatchObject({ waitReason: null });
    expect(await row(opening)).toMatchObject({ status: "queued", waitReason: "stopped" });
  });

  test("comes when thirty messages in half an hour bring no tick at all", async () => {
    const conversation = await answeredChat("+51987000009");
    const since = new Date(Date.now() - 31 * 60_000);
    await inTransaction(shop.ctx, (tx) =>
      tx.db.channel.update({
        where: { id: shop.channelId },
        data: { sendsUnanswered: 30, unansweredSince: since, lastReceiptAt: new Date(since.getTime() - 1) },
      }),
    );
    const [id] = await say(shop.member, conversation, "¿Hola?");
    if (!id) throw new Error("no message");
    await drainJobs("deliver-message");
    expect(await row(id)).toMatchObject({ status: "queued", waitReason: "stopped" });
    expect(await channelRow()).toMatchObject({ stopReason: "silent" });
  });
});

test("with pacing off nothing waits and the channel's row is left alone", async () => {
  await pace({ perMinute: null });
  const before = await channelRow();
  const ids = (
    await Promise.all(
      Array.from({ length: 15 }, async (_, index) =>
        say(shop.ctx, await chat(`+519870020${String(index).padStart(2, "0")}`), "hola"),
      ),
    )
  ).flat();
  await drainJobs("deliver-message");
  for (const id of ids) expect((await row(id)).status).not.toBe("queued");
  expect(await channelRow()).toMatchObject({
    pacingAt: before.pacingAt,
    firstContactsToday: before.firstContactsToday,
    sendsUnanswered: before.sendsUnanswered,
  });
});
