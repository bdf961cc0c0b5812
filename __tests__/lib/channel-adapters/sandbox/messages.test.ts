import { expect, test } from "vitest";
import { z } from "zod";
import { ANA, aPractice, PIXEL, type Practice, pairInstance, sendText, settle, until } from "./practice.ts";

const Receipt = z.object({
  data: z.object({ keyId: z.string(), status: z.string(), fromMe: z.boolean() }).loose(),
});

function receipts(practice: Practice, keyId: string): string[] {
  return practice.receiver.of("messages.update").flatMap((hook) => {
    const { data } = Receipt.parse(hook);
    return data.keyId === keyId ? [data.status] : [];
  });
}

async function shown(practice: Practice, id: string) {
  const messages = await practice.control.messages("shop", ANA);
  return messages.find((message) => message.id === id);
}

test("a send is acknowledged by the server, by the phone, and read when the customer opens the chat", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const id = await sendText(practice, "shop", ANA, "Hola Ana");
  await until(() => expect(receipts(practice, id).sort()).toEqual(["DELIVERY_ACK", "SERVER_ACK"]));
  expect(await shown(practice, id)).toMatchObject({
    text: "Hola Ana",
    from: "business",
    via: "api",
    status: "delivered",
  });
  expect(await practice.control.chats("shop")).toMatchObject([{ phone: ANA, unread: 1 }]);
  const chat = await practice.control.read("shop", ANA);
  expect(chat.unread).toBe(0);
  await until(() => expect(receipts(practice, id)).toContain("READ"));
  expect(await shown(practice, id)).toMatchObject({ status: "read" });
});

test("a phone that is offline gives only the server's acknowledgement until it is back", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  await practice.control.setOnline("shop", ANA, false);
  const id = await sendText(practice, "shop", ANA, "are you there?");
  await until(() => expect(receipts(practice, id)).toEqual(["SERVER_ACK"]));
  await settle(practice, "shop");
  await practice.restart();
  expect(await shown(practice, id)).toMatchObject({ status: "sent" });
  expect((await practice.control.chats("shop"))[0]).toMatchObject({ online: false });
  await practice.control.setOnline("shop", ANA, true);
  await until(() => expect(receipts(practice, id)).toEqual(["SERVER_ACK", "DELIVERY_ACK"]));
});

test("WhatsApp may refuse after the 201", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const id = await sendText(practice, "shop", "51988880463", "x");
  await until(() => expect(receipts(practice, id)).toEqual(["ERROR"]));
  expect(await practice.control.messages("shop", "51988880463")).toEqual([]);
});

test("every kind of message a customer can write arrives in its recorded type", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const { control } = practice;
  const kinds = [
    [{ type: "text", text: "hola" }, "conversation"],
    [{ type: "image", media: PIXEL, text: "pie" }, "imageMessage"],
    [{ type: "image", media: PIXEL, viewOnce: true }, "viewOnceMessageV2"],
    [{ type: "video", media: PIXEL }, "videoMessage"],
    [{ type: "audio", media: PIXEL }, "audioMessage"],
    [{ type: "voice", media: PIXEL, seconds: 3 }, "audioMessage"],
    [{ type: "document", media: PIXEL, fileName: "factura.pdf" }, "documentMessage"],
    [{ type: "sticker", media: PIXEL }, "stickerMessage"],
    [{ type: "location", latitude: -12, longitude: -77, title: "Plaza" }, "locationMessage"],
    [{ type: "contacts", contacts: [{ name: "Uno", phones: ["+51 911 111 111"] }] }, "contactMessage"],
    [{ type: "poll", question: "¿?", options: ["a", "b"] }, "pollCreationMessageV3"],
  ] as const;
  for (const [input, messageType] of kinds) {
    const options = "options" in input ? { ...input, options: [...input.options] } : input;
    const contacts =
      "contacts" in input ? input.contacts.map(({ name, phones }) => ({ name, phones: [...phones] })) : null;
    const written = await control.write(
      "shop",
      ANA,
      "contacts" in input && contacts ? { type: "contacts", contacts } : z.any().parse(options),
    );
    await until(() =>
      expect(practice.receiver.of("messages.upsert").map(({ data }) => data)).toContainEqual(
        expect.objectContaining({
          messageType,
          key: expect.objectContaining({ id: written.id, fromMe: false, participant: "" }),
        }),
      ),
    );
  }
  const image = (await control.messages("shop", ANA)).find(({ type }) => type === "image");
  expect(await control.media("shop", ANA, image?.id ?? "")).toEqual({
    bytes: new Uint8Array(Buffer.from(PIXEL, "base64")),
    mimeType: "image/png",
  });
  const fetched = await practice.call("POST", "/chat/getBase64FromMediaMessage/shop", {
    message: { key: { id: image?.id } },
  });
  expect(fetched.body).toMatchObject({ base64: PIXEL });
});

test("reactions, edits, deletions and quotes show on the phone and reach the receiver", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const { control, receiver } = practice;
  const ours = await sendText(practice, "shop", ANA, "precio 12");
  await control.write("shop", ANA, { type: "reaction", target: ours, emoji: "❤️" });
  const quote = await control.write("shop", ANA, { type: "text", text: "de ese", quoted: ours });
  await until(() =>
    expect(receiver.of("messages.upsert").map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        contextInfo: expect.objectContaining({
          stanzaId: ours,
          quotedMessage: { conversation: "precio 12" },
        }),
      }),
    ),
  );
  await control.write("shop", ANA, { type: "edit", target: quote.id, text: "de aquel" });
  await control.write("shop", ANA, { type: "delete", target: quote.id });
  await settle(practice, "shop");
  const edits = receiver.of("messages.edited").map(({ data }) => data);
  expect(edits).toContainEqual(
    expect.objectContaining({
      type: "MESSAGE_EDIT",
      key: { remoteJid: "51900000002@s.whatsapp.net", fromMe: true, id: quote.id },
      editedMessage: { conversation: "de aquel" },
    }),
  );
  expect(edits).toContainEqual(expect.objectContaining({ type: "REVOKE" }));
  expect(receiver.of("messages.delete")[0]?.data).toMatchObject({ id: quote.id, fromMe: false });
  expect(await shown(practice, ours)).toMatchObject({ reactions: [{ from: "customer", emoji: "❤️" }] });
  expect(await shown(practice, quote.id)).toMatchObject({
    text: "de aquel",
    quotedId: ours,
    editedAt: expect.any(String),
    deletedAt: expect.any(String),
  });
  await expect(
    control.write("shop", ANA, { type: "edit", target: ours, text: "not mine" }),
  ).rejects.toMatchObject({ status: 404 });
});

test("our own edits, reactions and deletions show on the customer's phone", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const id = await sendText(practice, "shop", ANA, "precio 10");
  const key = { id, fromMe: true, remoteJid: `${ANA}@s.whatsapp.net` };
  await practice.call("POST", "/chat/updateMessage/shop", { number: ANA, key, text: "precio 12" });
  await practice.call("POST", "/message/sendReaction/shop", { key, reaction: "👍" });
  expect(await shown(practice, id)).toMatchObject({
    text: "precio 12",
    reactions: [{ from: "business", emoji: "👍" }],
  });
  await practice.call("DELETE", "/chat/deleteMessageForEveryone/shop", key);
  expect(await shown(practice, id)).toMatchObject({ deletedAt: expect.any(String) });
  await until(() =>
    expect(practice.receiver.of("messages.delete")[0]?.data).toMatchObject({
      key: { id, deleted: true },
      status: "DELETED",
    }),
  );
});

test("the owner's own phone writes and reads beside the gateway", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const asked = await practice.control.write("shop", ANA, { type: "text", text: "¿hay?" });
  const own = await practice.control.writeFromPhone("shop", ANA, { type: "text", text: "sí" });
  await practice.control.readOnPhone("shop", ANA);
  await until(() => expect(receipts(practice, own.id)).toEqual(["DELIVERY_ACK"]));
  await until(() => expect(receipts(practice, asked.id)).toEqual(["READ"]));
  expect(practice.receiver.of("messages.upsert").map(({ data }) => data)).toContainEqual(
    expect.objectContaining({
      key: expect.objectContaining({ id: own.id, fromMe: true }),
      status: "SERVER_ACK",
      source: "ios",
    }),
  );
});

test("a person may have no phone number, and is answered at the hidden id", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const made = z
    .object({ phone: z.string(), lid: z.string() })
    .parse(await practice.control.scenario({ instance: "shop", name: "lid_only_customer" }));
  const upsert = await until(() => {
    const hook = practice.receiver.of("messages.upsert")[0];
    if (!hook) throw new Error("not yet");
    return z.object({ data: z.object({ key: z.record(z.string(), z.unknown()) }).loose() }).parse(hook);
  });
  expect(upsert.data.key).toMatchObject({ remoteJid: `${made.lid}@lid`, addressingMode: "lid" });
  expect(upsert.data.key).not.toHaveProperty("remoteJidAlt");
  await sendText(practice, "shop", `${made.lid}@lid`, "hola");
  expect((await practice.control.messages("shop", made.phone)).map(({ text }) => text)).toEqual([
    "Hola",
    "hola",
  ]);
});

test("reading marks: a hidden id is skipped silently, a phone is not", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const { id } = await practice.control.write("shop", ANA, { type: "text", text: "hola" });
  const mark = (remoteJid: string) =>
    practice.call("POST", "/chat/markMessageAsRead/shop", {
      readMessages: [{ id, fromMe: false, remoteJid }],
    });
  expect((await mark("185820110777001@lid")).status).toBe(201);
  expect(await shown(practice, id)).toMatchObject({ status: "delivered" });
  await mark(`${ANA}@s.whatsapp.net`);
  expect(await shown(practice, id)).toMatchObject({ status: "read" });
});

const Found = z.object({
  messages: z.object({
    total: z.number(),
    records: z.array(
      z
        .object({
          key: z.record(z.string(), z.unknown()),
          message: z.unknown(),
          messageTimestamp: z.number(),
          MessageUpdate: z.array(z.object({ status: z.string() })),
        })
        .loose(),
    ),
  }),
});

test("findMessages ignores what the gateway ignores, and keeps its odd records", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const theirs = await practice.control.write("shop", ANA, { type: "text", text: "uno" });
  const gone = await practice.control.write("shop", ANA, { type: "text", text: "dos" });
  const ours = await sendText(practice, "shop", ANA, "tres");
  await practice.control.write("shop", ANA, { type: "delete", target: gone.id });
  await settle(practice, "shop");
  const find = async (where: unknown) =>
    Found.parse((await practice.call("POST", "/chat/findMessages/shop", { where })).body).messages;
  expect((await find({ key: { fromMe: false } })).total).toBe(3);
  expect((await find({ key: { fromMe: true } })).records.map(({ key }) => key.id)).toEqual([ours]);
  const past = { gte: "2020-01-01T00:00:00.000Z", lte: "2020-01-02T00:00:00.000Z" };
  expect((await find({ messageTimestamp: { lte: past.lte } })).total).toBe(3);
  expect((await find({ messageTimestamp: past })).total).toBe(0);
  expect((await find({ key: { id: gone.id } })).records).toMatchObject([
    { message: null, MessageUpdate: [{ status: "DELETED" }, { status: "EDITED" }] },
  ]);
  expect((await find({ key: { id: theirs.id } })).records).toMatchObject([
    { message: { conversation: "uno" } },
  ]);
});

test("typing is told only for chats the gateway has subscribed to", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  await practice.control.typing("shop", ANA);
  await practice.call("POST", "/chat/sendPresence/shop", { number: ANA, presence: "composing", delay: 1 });
  await practice.control.typing("shop", ANA, { presence: "recording" });
  await settle(practice, "shop");
  const jid = `${ANA}@s.whatsapp.net`;
  expect(practice.receiver.of("presence.update").map(({ data }) => data)).toEqual([
    { id: jid, presences: { [jid]: { lastKnownPresence: "recording" } } },
  ]);
});
