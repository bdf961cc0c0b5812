import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { getConversation } from "#lib/domain/conversations/queries.ts";
import { markSent } from "#lib/domain/messages/mark-sent.ts";
import { getMessage } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId } from "#lib/kernel/ids.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMessage, anExternalId, receive, tick } from "./news.ts";

type Status = Parameters<typeof tick>[3];

async function aSentMessage() {
  const inbox = await anInbox();
  const row = await sendMessage(inbox.ctx, inbox.conversation.id, { type: "text", text: "hola" });
  const id = asId("message", row.id);
  await sql("update messages set status = 'sending', attempts = 1, claimed_at = now() where id = $1", [id]);
  const externalId = anExternalId();
  const { ctx, channel } = inbox;
  return {
    ...inbox,
    id,
    externalId,
    answered: () =>
      inTransaction(ctx, (tx) => markSent(tx, { id, channelId: channel.id }, { externalId, at: new Date() })),
    tick: (status: Status, more = {}) => tick(ctx, channel, externalId, status, more),
    now: async () => (await getMessage(ctx, id)).status,
  };
}

const ORDERS: Status[][] = [
  ["sent", "delivered", "read", "played"],
  ["played", "read", "delivered", "sent"],
  ["read", "sent", "played", "delivered"],
  ["delivered", "delivered", "read", "delivered", "played", "played"],
];

test.each(ORDERS)("ticks only go forward, in whatever order they come: %s %s %s %s", async (...order) => {
  const message = await aSentMessage();
  await message.answered();
  const rank = ["sent", "delivered", "read", "played"];
  let highest = 0;
  for (const status of order) {
    await message.tick(status);
    highest = Math.max(highest, rank.indexOf(status));
    expect(await message.now()).toBe(rank[highest]);
    expect((await getConversation(message.ctx, message.conversation.id)).lastMessage?.status).toBe(
      rank[highest],
    );
  }
  expect(await message.now()).toBe("played");
  // Every step has its time, also the one that came late.
  expect(Object.keys((await getMessage(message.ctx, message.id)).receipts).sort()).toEqual([
    "delivered",
    "played",
    "read",
    "sent",
  ]);
});

test("ticks that come before the answer wait for it", async () => {
  const message = await aSentMessage();
  for (const status of ["read", "delivered"] as const) expect(await message.tick(status)).toBeNull();
  expect(await message.now()).toBe("sending");
  await message.answered();
  expect(await message.now()).toBe("read");
  expect(await countOf("held_events", "tenant_id = $1", [message.tenantId])).toBe(0);
});

test("ticks and answer at the same moment leave the highest tick and nothing waiting", async () => {
  for (let round = 0; round < 5; round++) {
    const message = await aSentMessage();
    await Promise.all([
      message.tick("delivered"),
      message.answered(),
      message.tick("read"),
      message.tick("sent"),
    ]);
    expect(await message.now()).toBe("read");
    expect(await countOf("held_events", "tenant_id = $1", [message.tenantId])).toBe(0);
  }
});

test("ticks for a message from the phone that is not stored yet wait for it too", async () => {
  const { ctx, channel } = await anInbox();
  const fromPhone = aMessage("ya voy", { fromMe: true });
  await tick(ctx, channel, fromPhone.externalId, "read");
  const id = await receive(ctx, channel, fromPhone);
  expect(await getMessage(ctx, asId("message", id ?? ""))).toMatchObject({ status: "read" });
});

test("a refusal by WhatsApp counts only while nobody has received the message", async () => {
  const refused = await aSentMessage();
  await refused.answered();
  await refused.tick("failed", { error: { code: "message_refused", detail: "463" } });
  expect(await getMessage(refused.ctx, refused.id)).toMatchObject({
    status: "failed",
    error: { code: "message_refused" },
  });

  const received = await aSentMessage();
  await received.answered();
  await received.tick("delivered");
  await received.tick("failed");
  expect(await received.now()).toBe("delivered");
});

test("what the recipient's phone says overrules a failure and settles an unconfirmed message", async () => {
  for (const status of ["failed", "unconfirmed"]) {
    const message = await aSentMessage();
    await message.answered();
    await sql(
      "update messages set status = $2::message_status, error_code = 'gateway_failed' where id = $1",
      [message.id, status],
    );
    await message.tick("delivered");
    expect(await getMessage(message.ctx, message.id)).toMatchObject({ status: "delivered", error: null });
  }
});

test("a customer's message has no ticks", async () => {
  const { ctx, channel } = await anInbox();
  const message = aMessage("hola");
  const id = asId("message", (await receive(ctx, channel, message)) ?? "");
  await tick(ctx, channel, message.externalId, "read");
  expect(await getMessage(ctx, id)).toMatchObject({ status: "received", receipts: {} });
});

test("one channel's ticks never reach another's message of the same id", async () => {
  const [mine, theirs] = [await aSentMessage(), await anInbox()];
  await mine.answered();
  await tick(theirs.ctx, theirs.channel, mine.externalId, "read");
  expect(await mine.now()).toBe("sent");
});
