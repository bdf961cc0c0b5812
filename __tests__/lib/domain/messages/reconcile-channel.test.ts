import "#__tests__/support/database.ts";
import { afterEach, describe, expect, test } from "vitest";
import { aConnectedBusiness, settle } from "#__tests__/support/business.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { listTimeline } from "#lib/domain/channels/queries.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { reconcileChannel } from "#lib/domain/messages/reconcile-channel.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";

type Business = Awaited<ReturnType<typeof aConnectedBusiness>>;
const PAGE = { limit: 100 };
const CUSTOMERS = ["51987650001", "51987650002", "51987650003"] as const;

afterEach(() => phones.scenario({ name: "calm" }));

const reconcile = ({ ctx, channelId }: Business) => reconcileChannel(ctx, channelId, { inFlightMs: 0 });

/** Each chat's words, oldest first, by phone. */
async function inbox({ ctx }: Business) {
  const { data } = await listConversations(ctx, PAGE);
  const chats = await Promise.all(
    data.map(async ({ id, contact }) => {
      const messages = (await listMessages(ctx, id, PAGE)).data.toReversed();
      return [contact.phone ?? "", messages] as const;
    }),
  );
  return new Map(chats);
}

async function onPhone(business: Business, phone: string) {
  return (await phones.messages(business.instance, phone)).map(({ text }) => text);
}

describe("webhooks that never come", () => {
  test("everything is recovered exactly once, in order, and marked so", async () => {
    const business = await aConnectedBusiness();
    await phones.setFaults({ dropRate: 1 });
    for (let round = 1; round <= 5; round++)
      for (const phone of CUSTOMERS)
        await phones.write(business.instance, phone, { type: "text", text: `${phone} dice ${round}` });
    await phones.writeFromPhone(business.instance, CUSTOMERS[0], { type: "text", text: "Ya te atiendo" });
    await settle(business.instance);
    expect((await inbox(business)).size).toBe(0);

    expect(await reconcile(business)).toEqual({ state: "done", recovered: 16 });
    expect(await reconcile(business)).toEqual({ state: "done", recovered: 0 });
    const chats = await inbox(business);
    for (const phone of CUSTOMERS) {
      const shown = chats.get(`+${phone}`) ?? [];
      expect(shown.map(({ text }) => text)).toEqual(await onPhone(business, phone));
      expect(shown.every(({ recovered }) => recovered)).toBe(true);
    }
    expect(chats.get(`+${CUSTOMERS[0]}`)?.at(-1)).toMatchObject({
      direction: "outbound",
      author: { kind: "phone" },
    });
    const timeline = await listTimeline(business.ctx, business.channelId, PAGE);
    expect(timeline.data[0]).toMatchObject({ kind: "messages_recovered", data: { count: 16 } });
  });

  test("ticks, edits and deletions are brought up to date, forward only", async () => {
    const business = await aConnectedBusiness();
    const { ctx, instance } = business;
    const [phone] = CUSTOMERS;
    const first = await phones.write(instance, phone, { type: "text", text: "Quiero dos tortas" });
    const second = await phones.write(instance, phone, { type: "text", text: "Borraré esto" });
    await settle(instance);
    const [conversation] = (await listConversations(ctx, PAGE)).data;
    if (!conversation) throw new Error("no chat");
    await phones.setFaults({ dropRate: 1 });
    const sent = await sendMessage(ctx, conversation.id, { type: "text", text: "Anotado" });
    await drainJobs("deliver-message");
    await until("the reply", async () => (await onPhone(business, phone)).includes("Anotado"));
    await phones.read(instance, phone);
    // The record tells an edit by its time, in whole seconds.
    await until("another second", () => Date.now() - Date.parse(first.at) > 2100, 5000);
    await phones.write(instance, phone, { type: "edit", target: first.id, text: "Quiero tres tortas" });
    await phones.write(instance, phone, { type: "delete", target: second.id });
    await settle(instance);

    await reconcile(business);
    const shown = (await inbox(business)).get(`+${phone}`) ?? [];
    expect(shown.find(({ id }) => id === sent.id)?.status).toBe("read");
    expect(shown.map(({ text }) => text)).toEqual(["Quiero tres tortas", null, "Anotado"]);
    expect(shown[0]?.editedAt).not.toBeNull();
    expect(shown[1]?.deletedAt).not.toBeNull();
    const before = JSON.stringify(shown);
    await reconcile(business);
    expect(JSON.stringify((await inbox(business)).get(`+${phone}`))).toBe(before);
  });

  test("a message deleted before it was ever seen leaves its place", async () => {
    const business = await aConnectedBusiness();
    const [phone] = CUSTOMERS;
    await phones.setFaults({ dropRate: 1 });
    const gone = await phones.write(business.instance, phone, { type: "text", text: "Ups" });
    await settle(business.instance);
    await phones.write(business.instance, phone, { type: "delete", target: gone.id });
    await settle(business.instance);
    await reconcile(business);
    const shown = (await inbox(business)).get(`+${phone}`) ?? [];
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ text: null, deletedAt: expect.any(String) });
  });
});

describe("webhooks that come late", () => {
  test.each([0, 3])(
    "double nothing, whatever comes first (order %i)",
    async (seed) => {
      const business = await aConnectedBusiness();
      // Late, twice and out of order, while the record is asked in between.
      await phones.setFaults({ reorderRate: 0.5, duplicateRate: 0.5 });
      for (let n = 0; n < 12; n++) {
        const phone = CUSTOMERS[n % 3] ?? CUSTOMERS[0];
        const by = n % 4 === 3 ? phones.writeFromPhone : phones.write;
        await by(business.instance, phone, { type: "text", text: `mensaje ${n}` });
        if (n % ((seed % 4) + 1) === 0) await reconcile(business);
        if (n % 5 === seed % 5) await drainJobs();
      }
      await reconcile(business);
      await settle(business.instance);
      await reconcile(business);
      const chats = await inbox(business);
      for (const phone of CUSTOMERS) {
        const texts = (chats.get(`+${phone}`) ?? []).map(({ text }) => text);
        expect(texts.toSorted()).toEqual((await onPhone(business, phone)).toSorted());
      }
    },
    20_000,
  );

  test("a send whose answer is lost is one message when the record tells of it first", async () => {
    const business = await aConnectedBusiness();
    const { ctx, instance } = business;
    const [phone] = CUSTOMERS;
    await phones.write(instance, phone, { type: "text", text: "Hola" });
    await settle(instance);
    const [conversation] = (await listConversations(ctx, PAGE)).data;
    if (!conversation) throw new Error("no chat");
    await phones.setFaults({ dropRate: 1 });
    const sent = await sendMessage(ctx, conversation.id, { type: "text", text: "Sale hoy" });
    await drainJobs("deliver-message");
    // As if the worker had died between the call and writing down its answer.
    await inTransaction(ctx, (tx) =>
      tx.db.message.update({ where: { id: sent.id }, data: { externalId: null, status: "sending" } }),
    );
    await reconcile(business);
    const shown = (await inbox(business)).get(`+${phone}`) ?? [];
    expect(shown.filter(({ text }) => text === "Sale hoy")).toHaveLength(1);
    expect(shown.at(-1)).toMatchObject({ id: sent.id, author: { kind: "api" }, recovered: false });
    expect(["sent", "delivered"]).toContain(shown.at(-1)?.status);
  });
});

test("a round's work is bounded: the next one goes on from there", async () => {
  const business = await aConnectedBusiness();
  await phones.setFaults({ dropRate: 1 });
  const [phone] = CUSTOMERS;
  for (let n = 0; n < 3; n++) await phones.write(business.instance, phone, { type: "text", text: `${n}` });
  await settle(business.instance);
  const weekAgo = new Date(Date.now() - 7 * 24 * 3600_000);
  await business.change({ reconciledAt: weekAgo });
  expect(await reconcile(business)).toEqual({ state: "done", recovered: 3 });
  const { reconciledAt } = await business.read();
  expect(Date.now() - (reconciledAt?.getTime() ?? 0)).toBeLessThan(60_000);
});
