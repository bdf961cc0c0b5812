import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { mergeByHand } from "#lib/domain/contacts/merge-contacts.ts";
import { unmergeContacts } from "#lib/domain/contacts/unmerge-contacts.ts";
import { updateContact } from "#lib/domain/contacts/update-contact.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { markRead } from "#lib/domain/conversations/mark-read.ts";
import { processInboundEvent } from "#lib/domain/inbound-events/process-inbound-event.ts";
import { applyReceipt } from "#lib/domain/messages/apply-receipt.ts";
import { retryMessage } from "#lib/domain/messages/retry-message.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { type AppError, toErrorCode } from "#lib/kernel/errors.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import { aTextFrom, everybody, lid, phone, receive } from "./incoming.ts";

async function aShop() {
  const { ctx } = await aTenant();
  return { ctx, channel: await aChannel(ctx) };
}

test("sends, ticks, reading, naming and messages go on while their chat is merged and parted", async () => {
  for (let round = 0; round < 12; round += 1) {
    const { ctx, channel } = await aShop();
    const [one, two] = [phone("51911111111"), phone("51922222222")];
    for (const address of [one, two, one, two]) await receive(ctx, channel, aTextFrom([address]));
    const people = await everybody(ctx);
    const [contactId, otherId] = people.map(({ id }) => asId("contact", id));
    const chats = people.map(({ conversations }) => asId("conversation", conversations[0]?.id ?? ""));
    const [chat, otherChat] = chats;
    if (!contactId || !otherId || !chat || !otherChat) throw new Error("two wrote");
    const failed = await sendMessage(ctx, otherChat, { type: "text", text: "fails" });
    await inTransaction(ctx, (tx) =>
      tx.db.message.update({
        where: { id: failed.id },
        data: { status: "failed", externalId: `3EB0${newId("message").slice(-18)}` },
      }),
    );
    const { externalId } = await inTransaction(ctx, (tx) =>
      tx.db.message.findUniqueOrThrow({ where: { id: failed.id } }),
    );
    const merging = mergeByHand(ctx, contactId, otherId);
    const outcomes = await Promise.allSettled([
      merging.then(({ id }) => (round % 2 === 0 ? unmergeContacts(ctx, contactId, asId("merge", id)) : null)),
      sendMessage(ctx, otherChat, { type: "text", text: "to the one that goes" }),
      sendMessage(ctx, chat, { type: "text", text: "to the one that stays" }),
      receive(ctx, channel, aTextFrom([two])),
      receive(ctx, channel, aTextFrom([one])),
      inTransaction(ctx, (tx) =>
        applyReceipt(
          tx,
          channel.id,
          { type: "receipt", externalId: externalId ?? "", status: "delivered" },
          new Date(),
        ),
      ),
      retryMessage(ctx, asId("message", failed.id)),
      markRead(ctx, otherChat),
      markRead(ctx, chat),
      updateContact(ctx, contactId, { name: "Rosa" }),
    ]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected"
        ? [`${toErrorCode(outcome.reason)} ${(outcome.reason as AppError).message}`]
        : [],
    );
    // A message that has been delivered is not retried, whichever came first; nothing else is refused.
    expect(refused.filter((text) => !text.startsWith("message_not_retryable"))).toEqual([]);
    const after = await everybody(ctx);
    expect(after).toHaveLength(round % 2 === 0 ? 2 : 1);
    expect(after.flatMap(({ texts }) => texts)).toHaveLength(9);
    for (const { conversations } of after) {
      expect(conversations).toHaveLength(1);
      expect(conversations[0]?.lastMessageId).toBe(conversations[0]?.messages.at(-1)?.id);
    }
  }
}, 60_000);

test("histories of the same people at the same time, and their live messages, wait for one another", async () => {
  const { ctx, channel } = await aShop();
  const jids = ["51911111111", "51922222222", "51933333333"].map((id) => `${id}@s.whatsapp.net`);
  const history = (name: string, order: string[]) => ({
    event: "messages.set",
    instance: channel.instanceName,
    data: order.map((remoteJid, index) => ({
      key: {
        remoteJid,
        remoteJidAlt: `9${remoteJid.slice(3, 11)}@lid`,
        fromMe: false,
        id: `${name}${index}`,
      },
      message: { conversation: `${name} ${index}` },
      messageType: "conversation",
      messageTimestamp: 1_795_000_000 + index,
    })),
    date_time: "2026-11-20T12:00:00.000Z",
  });
  for (let round = 0; round < 8; round += 1) {
    const events = await Promise.all(
      [jids, jids.toReversed(), jids].map(async (order, index) => {
        const body = JSON.stringify(history(`R${round}H${index}N`, order));
        const id = newId("inboundEvent");
        await inTransaction(ctx, (tx) =>
          tx.db.inboundEvent.create({
            data: {
              id,
              channelId: channel.id,
              name: "messages.set",
              chatKey: `k${round}${index}`,
              body,
              headers: {},
              contentHash: id,
              receivedAt: new Date(),
            },
          }),
        );
        return id;
      }),
    );
    await Promise.all([
      ...events.map((id) => processInboundEvent(ctx, id)),
      receive(ctx, channel, aTextFrom([phone("51922222222")])),
      receive(ctx, channel, aTextFrom([lid("911111111")])),
    ]);
  }
  const people = await everybody(ctx);
  expect(people.length).toBe(3);
  expect(people.flatMap(({ texts }) => texts)).toHaveLength(8 * (9 + 2));
}, 60_000);
