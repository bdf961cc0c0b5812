import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { eventTypes } from "#__tests__/support/jobs.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { getConversation, listConversations } from "#lib/domain/conversations/queries.ts";
import { applyReadOnPhone } from "#lib/domain/messages/apply-read-on-phone.ts";
import { markSent } from "#lib/domain/messages/mark-sent.ts";
import { getMessage, listMessages } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId } from "#lib/kernel/ids.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMessage, anExternalId, receive, tick } from "./news.ts";

type Inbox = Awaited<ReturnType<typeof anInbox>>;
const PAGE = { limit: 50 };
const thread = async ({ ctx, conversation }: Inbox) =>
  (await listMessages(ctx, conversation.id, PAGE)).data.toReversed();
const chat = ({ ctx, conversation }: Inbox) => getConversation(ctx, conversation.id);

/** One of ours in the state a worker leaves it in between claim and answer. */
async function inFlight(
  { ctx, conversation }: Inbox,
  text: string,
  status: "sending" | "unconfirmed" = "sending",
) {
  const { id } = await sendMessage(ctx, conversation.id, { type: "text", text });
  await sql(
    "update messages set status = $2::message_status, attempts = 1, claimed_at = now() where id = $1",
    [id, status],
  );
  return asId("message", id);
}
const echo = (text: string, more = {}) => aMessage(text, { fromMe: true, viaApi: true, ...more });

describe("a customer's message", () => {
  test("is stored once, counted as unread, and shown in the list", async () => {
    const inbox = await anInbox();
    const message = aMessage("hola", { name: "Rosa Q." });
    const ids = await Promise.all([1, 2, 3].map(() => receive(inbox.ctx, inbox.channel, message)));
    expect(new Set(ids).size).toBe(1);
    expect(await thread(inbox)).toMatchObject([
      { text: "hola", direction: "inbound", status: "received", author: { kind: "customer" } },
    ]);
    expect(await chat(inbox)).toMatchObject({
      unreadCount: 1,
      contact: { profileName: "Rosa Q." },
      lastMessage: { text: "hola" },
    });
    expect(await eventTypes(inbox.ctx)).toEqual(["message.received"]);
  });

  test("that comes late stands in its place and leaves the list's preview alone", async () => {
    const inbox = await anInbox();
    const now = Date.now();
    await receive(inbox.ctx, inbox.channel, aMessage("segundo", { sentAt: new Date(now) }));
    await receive(inbox.ctx, inbox.channel, aMessage("primero", { sentAt: new Date(now - 60_000) }));
    expect((await thread(inbox)).map(({ text }) => text)).toEqual(["primero", "segundo"]);
    expect(await chat(inbox)).toMatchObject({ unreadCount: 2, lastMessage: { text: "segundo" } });
  });

  test("of the same second stays in the order of arrival", async () => {
    const inbox = await anInbox();
    const sentAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    const texts = Array.from({ length: 12 }, (_, n) => `${n}`);
    for (const text of texts) await receive(inbox.ctx, inbox.channel, aMessage(text, { sentAt }));
    expect((await thread(inbox)).map(({ text }) => text)).toEqual(texts);
  });

  test("that answers one of ours points to it; one we do not have is shown by its own words", async () => {
    const inbox = await anInbox();
    const ours = await inFlight(inbox, "¿a qué hora?");
    const externalId = anExternalId();
    await receive(inbox.ctx, inbox.channel, echo("¿a qué hora?", { externalId }));
    await receive(
      inbox.ctx,
      inbox.channel,
      aMessage("a las 4", { quoted: { externalId, text: "otra cosa" } }),
    );
    await receive(
      inbox.ctx,
      inbox.channel,
      aMessage("eso", { quoted: { externalId: "3EB0NOBODY", text: "de antes", type: "text" } }),
    );
    const [, known, unknown] = await thread(inbox);
    expect(known).toMatchObject({ replyToId: ours, quoted: { text: "¿a qué hora?", type: "text" } });
    expect(unknown).toMatchObject({ replyToId: null, quoted: { text: "de antes", type: "text" } });
  });

  test("by phone or by hidden id is of one person", async () => {
    const inbox = await anInbox();
    const lid = { kind: "lid" as const, id: "123456789012345" };
    await receive(
      inbox.ctx,
      inbox.channel,
      aMessage("con ambos", { chat: [{ kind: "phone", id: "51987654321" }, lid] }),
    );
    await receive(inbox.ctx, inbox.channel, aMessage("solo oculto", { chat: [lid] }));
    expect((await thread(inbox)).map(({ text }) => text)).toEqual(["con ambos", "solo oculto"]);
    expect(await countOf("conversations", "tenant_id = $1", [inbox.tenantId])).toBe(1);
  });

  test("in a group is kept and not shown among the chats", async () => {
    const inbox = await anInbox();
    const group = aMessage("a todos", {
      chat: [{ kind: "group", id: "120363000000000000@g.us" }],
      author: { addresses: [{ kind: "phone", id: "51911111111" }], name: "Luis" },
    });
    await receive(inbox.ctx, inbox.channel, group);
    expect(await countOf("messages", "tenant_id = $1 and author_name = 'Luis'", [inbox.tenantId])).toBe(1);
    expect((await listConversations(inbox.ctx, PAGE)).data).toEqual([]);
  });
});

describe("what the owner does on the phone", () => {
  test("a message from there is ours, is not unread, and means that the chat was read", async () => {
    const inbox = await anInbox();
    for (const text of ["uno", "dos"]) await receive(inbox.ctx, inbox.channel, aMessage(text));
    await receive(inbox.ctx, inbox.channel, aMessage("ya voy", { fromMe: true }));
    expect((await thread(inbox)).at(-1)).toMatchObject({
      direction: "outbound",
      status: "sent",
      author: { kind: "phone" },
    });
    expect(await chat(inbox)).toMatchObject({
      unreadCount: 0,
      lastMessage: { text: "ya voy", direction: "outbound" },
    });
  });

  test("it never takes over a message of ours that waits with the same words", async () => {
    const inbox = await anInbox();
    const ours = await inFlight(inbox, "ya voy");
    await receive(inbox.ctx, inbox.channel, aMessage("ya voy", { fromMe: true }));
    expect(await thread(inbox)).toHaveLength(2);
    expect(await getMessage(inbox.ctx, ours)).toMatchObject({ status: "sending" });
  });

  test("reading up to a message leaves the newer ones unread", async () => {
    const inbox = await anInbox();
    const start = Date.now() - 10_000;
    const messages = ["uno", "dos", "tres"].map((text, n) =>
      aMessage(text, { sentAt: new Date(start + n * 1000) }),
    );
    for (const message of messages) await receive(inbox.ctx, inbox.channel, message);
    const readUpTo = (n: number) =>
      inTransaction(inbox.ctx, (tx) =>
        applyReadOnPhone(tx, inbox.channel.id, messages[n]?.externalId ?? "", new Date()),
      );
    await readUpTo(1);
    expect(await chat(inbox)).toMatchObject({ unreadCount: 1 });
    await readUpTo(0);
    expect(await chat(inbox)).toMatchObject({ unreadCount: 1 });
    await readUpTo(2);
    expect(await chat(inbox)).toMatchObject({ unreadCount: 0 });
  });
});

describe("history", () => {
  test("fills the thread in its order, unread by nobody, and repeats nothing that is there", async () => {
    const inbox = await anInbox();
    const day = 86_400_000;
    const live = aMessage("hoy");
    await receive(inbox.ctx, inbox.channel, live);
    const old = ["anteayer", "ayer"].map((text, n) =>
      aMessage(text, { sentAt: new Date(Date.now() - (2 - n) * day) }),
    );
    const ours = aMessage("respuesta de ayer", {
      fromMe: true,
      status: "read",
      sentAt: new Date(Date.now() - day + 1000),
    });
    for (const message of [...old, ours, live, ...old])
      await receive(inbox.ctx, inbox.channel, message, "history");
    const shown = await thread(inbox);
    expect(shown.map(({ text }) => text)).toEqual(["anteayer", "ayer", "respuesta de ayer", "hoy"]);
    expect(shown[2]).toMatchObject({ status: "read", direction: "outbound" });
    expect(await chat(inbox)).toMatchObject({ unreadCount: 1, lastMessage: { text: "hoy" } });
  });

  test("does not reopen a closed chat", async () => {
    const inbox = await anInbox();
    await sql("update conversations set status = 'closed' where id = $1", [inbox.conversation.id]);
    await receive(inbox.ctx, inbox.channel, aMessage("de antes"), "history");
    expect(await chat(inbox)).toMatchObject({ status: "closed", unreadCount: 0 });
  });
});

describe("the echo of a send through the gateway", () => {
  test("before the answer settles our message; the answer then changes nothing", async () => {
    const inbox = await anInbox();
    const ours = await inFlight(inbox, "hola");
    const externalId = anExternalId();
    await receive(inbox.ctx, inbox.channel, echo("hola", { externalId }));
    expect(await getMessage(inbox.ctx, ours)).toMatchObject({ status: "sent" });
    await tick(inbox.ctx, inbox.channel, externalId, "delivered");
    await inTransaction(inbox.ctx, (tx) =>
      markSent(tx, { id: ours, channelId: inbox.channel.id }, { externalId, at: new Date() }),
    );
    expect(await getMessage(inbox.ctx, ours)).toMatchObject({ status: "delivered" });
    expect(await thread(inbox)).toHaveLength(1);
  });

  test("after the answer is the message we know", async () => {
    const inbox = await anInbox();
    const ours = await inFlight(inbox, "hola");
    const externalId = anExternalId();
    await inTransaction(inbox.ctx, (tx) =>
      markSent(tx, { id: ours, channelId: inbox.channel.id }, { externalId, at: new Date() }),
    );
    expect(await receive(inbox.ctx, inbox.channel, echo("hola", { externalId }))).toBe(ours);
    expect(await thread(inbox)).toHaveLength(1);
  });

  test("belongs to the send under way rather than to one given up on, and neither disappears", async () => {
    const inbox = await anInbox();
    const givenUp = await inFlight(inbox, "ok", "unconfirmed");
    const underWay = await inFlight(inbox, "ok");
    const externalId = anExternalId();
    await receive(inbox.ctx, inbox.channel, echo("ok", { externalId }));
    await inTransaction(inbox.ctx, (tx) =>
      markSent(tx, { id: underWay, channelId: inbox.channel.id }, { externalId, at: new Date() }),
    );
    expect(await getMessage(inbox.ctx, givenUp)).toMatchObject({ status: "unconfirmed" });
    expect(await getMessage(inbox.ctx, underWay)).toMatchObject({ status: "sent" });
    expect(await thread(inbox)).toHaveLength(2);
  });

  test("of a message nobody here wrote is a message of another program", async () => {
    const inbox = await anInbox();
    await receive(inbox.ctx, inbox.channel, echo("de otro sistema"));
    expect(await thread(inbox)).toMatchObject([
      { text: "de otro sistema", direction: "outbound", author: { kind: "api" } },
    ]);
  });

  test("that could not be told as ours becomes one with it when the answer comes, in thread and list", async () => {
    const inbox = await anInbox();
    const ours = await inFlight(inbox, "hola  ");
    const externalId = anExternalId();
    // The gateway trimmed it, so the words differ.
    await receive(inbox.ctx, inbox.channel, echo("hola", { externalId }));
    expect(await thread(inbox)).toHaveLength(2);
    await tick(inbox.ctx, inbox.channel, externalId, "read");
    await inTransaction(inbox.ctx, (tx) =>
      markSent(tx, { id: ours, channelId: inbox.channel.id }, { externalId, at: new Date() }),
    );
    expect(await thread(inbox)).toMatchObject([{ id: ours, status: "read" }]);
    expect((await chat(inbox)).lastMessage).toMatchObject({ id: ours, status: "read" });
  });
});
