import "#__tests__/support/database.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventTypes } from "#__tests__/support/jobs.ts";
import type { Address } from "#lib/channel-adapters/contract.ts";
import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { getConversation, listConversations } from "#lib/domain/conversations/queries.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import { aTextFrom, everybody, lid, phone, receive } from "./incoming.ts";

const PAGE = { limit: 50 };

async function aShop(country = "PE") {
  const tenant = await aTenant({ country });
  return { ...tenant, channel: await aChannel(tenant.ctx) };
}

/** Each message of the script comes in; who there is at the end. */
async function peopleAfter(...chats: Address[][]) {
  const { ctx, channel } = await aShop();
  for (const chat of chats) await receive(ctx, channel, aTextFrom(chat));
  return everybody(ctx);
}

describe("one person, one contact (phones.md section 3 and the table of section 7)", () => {
  test.each([
    ["Brazil with and without the 9", "553187654321", "5531987654321", "+5531987654321"],
    ["Brazil, area up to 28", "551187654321", "5511987654321", "+5511987654321"],
    ["Mexico with and without the 1", "5215512345678", "525512345678", "+525512345678"],
  ])("%s", async (_name, first, second, e164) => {
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const people = await peopleAfter(...order.map((id) => [phone(id)]));
      expect(people).toHaveLength(1);
      expect(people[0]).toMatchObject({ phone: e164, conversations: [{ unreadCount: 2 }] });
      expect(people[0]?.addresses).toEqual([`phone:${first}`, `phone:${second}`].sort());
    }
  });

  test.each([
    ["Argentina with and without the 9", "5491123456789", "541123456789"],
    ["a Brazilian landline and a mobile", "551151234567", "5511951234567"],
    ["a number that lacks a digit", "51987654321", "5198765432"],
    ["a lid whose digits look like the phone", "51987654321", null],
  ])("%s are two", async (_name, first, second) => {
    const other = second === null ? lid(first) : phone(second);
    expect(await peopleAfter([phone(first)], [other])).toHaveLength(2);
  });

  test("Argentina's two forms are one once WhatsApp has named both together", async () => {
    const mobile = phone("5491123456789");
    const short = phone("541123456789");
    const people = await peopleAfter([mobile], [short], [mobile, short]);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ phone: "+5491123456789", conversations: [{ unreadCount: 3 }] });
  });
});

describe("lids (phones.md section 6)", () => {
  const ana = phone("51987654321");
  const anaLid = lid("185820110777001");

  test("phone known: the contact is the phone's, the lid one of its addresses", async () => {
    const people = await peopleAfter([ana], [ana, anaLid], [anaLid]);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({
      phone: "+51987654321",
      addresses: [`lid:${anaLid.id}`, `phone:${ana.id}`],
    });
    expect(people[0]?.texts).toHaveLength(3);
  });

  test("only a lid: a contact without phone, replies go to the lid itself", async () => {
    const [person, ...others] = await peopleAfter([anaLid]);
    expect(others).toEqual([]);
    expect(person).toMatchObject({ phone: null, addresses: [`lid:${anaLid.id}`] });
    expect(person?.conversations[0]).toMatchObject({ addressKind: "lid", addressValue: anaLid.id });
  });

  test("a lid-only contact learns its phone when WhatsApp tells", async () => {
    const [person, ...others] = await peopleAfter([anaLid], [ana, anaLid]);
    expect(others).toEqual([]);
    expect(person).toMatchObject({ phone: "+51987654321" });
    // Read marks work only by phone, so replies go there too.
    expect(person?.conversations[0]).toMatchObject({ addressKind: "phone", addressValue: ana.id });
  });

  test("both known apart, later together: merged, the older remains with everything", async () => {
    const { ctx, channel } = await aShop();
    await receive(ctx, channel, aTextFrom([anaLid], { name: "Ana" }));
    await receive(ctx, channel, aTextFrom([ana]));
    const [older, younger] = await everybody(ctx);
    const goneId = asId("conversation", younger?.conversations[0]?.id ?? "");
    await receive(ctx, channel, aTextFrom([ana, anaLid]));
    const [person, ...others] = await everybody(ctx);
    expect(others).toEqual([]);
    expect(person).toMatchObject({ id: older?.id, phone: "+51987654321", profileName: "Ana" });
    expect(person?.conversations).toHaveLength(1);
    const [conversation] = person?.conversations ?? [];
    expect(conversation).toMatchObject({
      unreadCount: 3,
      addressKind: "phone",
      lastMessageText: person?.texts[2],
    });
    expect(person?.texts).toHaveLength(3);
    expect(await eventTypes(ctx)).toContain("conversation.merged");
    // Links and open browsers with the old id still lead to it, and may send there.
    expect(await getConversation(ctx, goneId)).toMatchObject({ id: conversation?.id });
    expect((await listMessages(ctx, goneId, PAGE)).data).toHaveLength(3);
    const sent = await sendMessage(ctx, goneId, { type: "text", text: "hola" });
    expect(sent.conversationId).toBe(conversation?.id);
    expect((await listConversations(ctx, PAGE)).data).toHaveLength(1);
  });

  test("on each channel the two conversations become one; one that is alone moves", async () => {
    const { ctx, channel } = await aShop();
    const second = await aChannel(ctx, { phone: "+51900000002" });
    await receive(ctx, channel, aTextFrom([ana]));
    await receive(ctx, channel, aTextFrom([anaLid]));
    await receive(ctx, second, aTextFrom([anaLid]));
    await inTransaction(ctx, (tx) => upsertContact(tx, { addresses: [ana, anaLid] }));
    const [person, ...others] = await everybody(ctx);
    expect(others).toEqual([]);
    expect(
      person?.conversations.map(({ channelId, messages }) => [channelId, messages.length]).sort(),
    ).toEqual(
      [
        [channel.id, 2],
        [second.id, 1],
      ].sort(),
    );
  });

  test("three contacts named together become one", async () => {
    const { ctx, channel } = await aShop();
    const third = lid("999");
    for (const address of [ana, anaLid, third]) await receive(ctx, channel, aTextFrom([address]));
    await receive(ctx, channel, aTextFrom([ana, anaLid, third]));
    const [person, ...others] = await everybody(ctx);
    expect(others).toEqual([]);
    expect(person?.texts).toHaveLength(4);
  });
});

const CHATS = {
  phone: [phone("553187654321")],
  variant: [phone("5531987654321")],
  lid: [lid("42")],
  both: [phone("553187654321"), lid("42")],
};

test("any interleaving that names both together once ends in one contact and one conversation", async () => {
  const way = fc.constantFrom<keyof typeof CHATS>("phone", "variant", "lid", "both");
  await fc.assert(
    fc.asyncProperty(fc.array(way, { maxLength: 7 }), fc.nat(), async (ways, place) => {
      const { ctx, channel } = await aShop("BR");
      const at = place % (ways.length + 1);
      const script = [...ways.slice(0, at), "both" as const, ...ways.slice(at)];
      const messages = script.map((how) => aTextFrom(CHATS[how]));
      for (const message of messages) await receive(ctx, channel, message);
      const people = await everybody(ctx);
      expect(people).toHaveLength(1);
      expect(people[0]?.conversations).toHaveLength(1);
      expect(people[0]?.conversations[0]?.unreadCount).toBe(script.length);
      expect(people[0]?.texts).toEqual(messages.map(({ content }) => "text" in content && content.text));
    }),
    { numRuns: 25 },
  );
});

test("messages of one person by every address at the same time end in one conversation", async () => {
  for (let round = 0; round < 15; round += 1) {
    const { ctx, channel } = await aShop("BR");
    const ways = ["phone", "lid", "both", "variant", "lid", "phone", "both", "lid"] as const;
    const messages = ways.map((how) => aTextFrom(CHATS[how]));
    await Promise.all(messages.map((message) => receive(ctx, channel, message)));
    // Whichever came last, the next message that names both finds or makes one person.
    const people = await everybody(ctx);
    const texts = people.flatMap(({ texts }) => texts);
    expect(texts.sort()).toEqual(messages.map(({ content }) => "text" in content && content.text).sort());
    expect(people).toHaveLength(1);
    expect(people[0]?.conversations).toHaveLength(1);
    expect(people[0]?.conversations[0]?.unreadCount).toBe(messages.length);
  }
}, 60_000);
