import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { eventTypes } from "#__tests__/support/jobs.ts";
import { mergeByHand } from "#lib/domain/contacts/merge-contacts.ts";
import { listMerges } from "#lib/domain/contacts/queries.ts";
import { unmergeContacts } from "#lib/domain/contacts/unmerge-contacts.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { getConversation } from "#lib/domain/conversations/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import { aTextFrom, everybody, lid, phone, receive } from "./incoming.ts";

const PAGE = { limit: 50 };
const ana = phone("51987654321");
const anaLid = lid("185820110777001");

const textOf = (message: ReturnType<typeof aTextFrom>) =>
  "text" in message.content ? message.content.text : null;

/** Two who write to a shop. */
async function twoPeople() {
  const { ctx } = await aTenant();
  const channel = await aChannel(ctx);
  const script = [ana, anaLid, ana, anaLid].map((address) => aTextFrom([address]));
  for (const message of script) await receive(ctx, channel, message);
  return { ctx, channel, before: await everybody(ctx) };
}

async function theMerge(ctx: Parameters<typeof listMerges>[0], contactId: string) {
  const { data } = await listMerges(ctx, asId("contact", contactId), PAGE);
  const [merge] = data;
  if (!merge) throw new Error("nothing was merged");
  return merge;
}

test("undoing an automatic merge restores both as they were", async () => {
  const { ctx, channel, before } = await twoPeople();
  const both = aTextFrom([ana, anaLid]);
  await receive(ctx, channel, both);
  const [survivor] = await everybody(ctx);
  const merge = await theMerge(ctx, survivor?.id ?? "");
  expect(merge).toMatchObject({ reason: "shared_address", undoneAt: null, merged: { id: before[1]?.id } });
  await unmergeContacts(ctx, merge.contactId, merge.id);

  const after = await everybody(ctx);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.map(({ phone, addresses }) => ({ phone, addresses }))).toEqual(
    before.map(({ phone, addresses }) => ({ phone, addresses })),
  );
  expect(after[1]?.texts).toEqual(before[1]?.texts);
  // The new one names the phone first, and that is the survivor's.
  expect(after[0]?.texts).toEqual([...(before[0]?.texts ?? []), textOf(both)]);
  expect(
    after.map(({ conversations }) => conversations.map(({ id, unreadCount }) => ({ id, unreadCount }))),
  ).toEqual(
    before.map(({ conversations }, index) =>
      conversations.map(({ id, unreadCount }) => ({ id, unreadCount: unreadCount + (index === 0 ? 1 : 0) })),
    ),
  );
  for (const person of after) {
    const [conversation] = person.conversations;
    expect(conversation?.lastMessageId).toBe(conversation?.messages.at(-1)?.id);
    expect(person.addresses).toContain(`${conversation?.addressKind}:${conversation?.addressValue}`);
  }
  expect(await eventTypes(ctx)).toContain("conversation.split");
  expect((await theMerge(ctx, survivor?.id ?? "")).undoneAt).not.toBeNull();
});

test("what came from the restored contact's address since goes back with it, answers stay", async () => {
  const { ctx, channel, before } = await twoPeople();
  await receive(ctx, channel, aTextFrom([ana, anaLid]));
  const [survivor] = await everybody(ctx);
  const hers = aTextFrom([anaLid]);
  await receive(ctx, channel, hers);
  const conversationId = asId("conversation", survivor?.conversations[0]?.id ?? "");
  await sendMessage(ctx, conversationId, { type: "text", text: "respuesta" });
  const merge = await theMerge(ctx, survivor?.id ?? "");
  await unmergeContacts(ctx, merge.contactId, merge.id);
  const [first, second] = await everybody(ctx);
  expect(second?.texts).toEqual([...(before[1]?.texts ?? []), textOf(hers)]);
  expect(first?.texts).toContain("respuesta");
});

test("two that a member has parted stay two, even when WhatsApp names both again", async () => {
  const { ctx, channel } = await twoPeople();
  await receive(ctx, channel, aTextFrom([ana, anaLid]));
  const [survivor] = await everybody(ctx);
  const merge = await theMerge(ctx, survivor?.id ?? "");
  await unmergeContacts(ctx, merge.contactId, merge.id);
  const again = aTextFrom([ana, anaLid]);
  await receive(ctx, channel, again);
  const people = await everybody(ctx);
  expect(people).toHaveLength(2);
  expect(people[0]?.texts.at(-1)).toBe(textOf(again));
  expect(people.map(({ addresses }) => addresses)).toEqual([[`phone:${ana.id}`], [`lid:${anaLid.id}`]]);
});

test("undoing twice, or a merge of somebody else, is refused", async () => {
  const { ctx, channel } = await twoPeople();
  await receive(ctx, channel, aTextFrom([ana, anaLid]));
  const [survivor] = await everybody(ctx);
  const merge = await theMerge(ctx, survivor?.id ?? "");
  await expect(unmergeContacts(ctx, newId("contact"), merge.id)).rejects.toMatchObject({ code: "not_found" });
  const { ctx: stranger } = await aTenant();
  await expect(unmergeContacts(stranger, merge.contactId, merge.id)).rejects.toMatchObject({
    code: "not_found",
  });
  await unmergeContacts(ctx, merge.contactId, merge.id);
  await expect(unmergeContacts(ctx, merge.contactId, merge.id)).rejects.toMatchObject({ code: "conflict" });
});

test("merges one upon another are undone in any order", async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { ctx } = await aTenant();
    const channel = await aChannel(ctx);
    const [a, b, c] = [phone("51911111111"), phone("51922222222"), phone("51933333333")];
    for (const address of [a, b, c, b]) await receive(ctx, channel, aTextFrom([address]));
    const before = await everybody(ctx);
    const [ida, idb, idc] = before.map(({ id }) => asId("contact", id));
    if (!ida || !idb || !idc) throw new Error("three wrote");
    // c into b, then b (with c's chat in its own) into a.
    const merges = [await mergeByHand(ctx, idc, idb), await mergeByHand(ctx, ida, idb)];
    expect((await everybody(ctx)).map(({ texts }) => texts.length)).toEqual([4]);
    for (const which of order) {
      const id = asId("merge", merges[which]?.id ?? "");
      const survivorId = await inTransaction(ctx, (tx) =>
        tx.db.contactMerge.findUniqueOrThrow({ where: { id } }),
      );
      await unmergeContacts(ctx, asId("contact", survivorId.survivorId), id);
    }
    const after = await everybody(ctx);
    const essence = (people: typeof after) =>
      people.map(({ id, phone, addresses, texts, conversations }) => ({
        id,
        phone,
        addresses,
        texts,
        chats: conversations.map(({ id, unreadCount, lastMessageId }) => ({
          id,
          unreadCount,
          lastMessageId,
        })),
      }));
    expect(essence(after)).toEqual(essence(before));
    for (const { conversations } of before)
      for (const { id } of conversations)
        expect(await getConversation(ctx, asId("conversation", id))).toMatchObject({ id });
  }
});
