import { afterAll, beforeAll, expect, test } from "vitest";
import { evolutionAdapter as adapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { ANA, group } from "./expected-messages.ts";
import { type GatewayServer, replay, startGateway } from "./gateway-server.ts";

let gateway: GatewayServer;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const FIND = "POST chat/findMessages";
const WINDOW = { from: new Date("2026-11-20T08:00:00Z"), to: new Date("2026-11-20T09:00:00Z") };

function record(id: string, seconds: number, fromMe = false) {
  return {
    key: { id, fromMe, remoteJid: "51987654321@s.whatsapp.net" },
    message: { conversation: id },
    messageTimestamp: seconds,
    MessageUpdate: [],
  };
}

function page(records: unknown[], pages = 1) {
  return { status: 200, body: { messages: { total: records.length, pages, currentPage: 1, records } } };
}

test("asks for both addresses of a person in a closed window", async () => {
  gateway.answer({ [FIND]: replay("findMessages-empty") });
  await adapter.findMessages(gateway.access, { chat: [ANA], fromMe: true, ...WINDOW, limit: 50 });
  const messageTimestamp = { gte: "2026-11-20T08:00:00.000Z", lte: "2026-11-20T09:00:00.000Z" };
  const jid = "51987654321@s.whatsapp.net";
  expect(gateway.asked.map(({ body }) => body)).toEqual([
    { where: { key: { remoteJid: jid, fromMe: true }, messageTimestamp }, page: 1, offset: 100 },
    { where: { key: { remoteJidAlt: jid, fromMe: true }, messageTimestamp }, page: 1, offset: 100 },
  ]);
});

test("asks once for a group, and without a key for all chats", async () => {
  gateway.answer({ [FIND]: replay("findMessages-empty") });
  await adapter.findMessages(gateway.access, { chat: [group("120363025246125486")], ...WINDOW, limit: 5 });
  expect(gateway.asked).toHaveLength(1);
  gateway.answer({ [FIND]: replay("findMessages-empty") });
  await adapter.findMessages(gateway.access, { ...WINDOW, limit: 5 });
  expect(gateway.asked[0]?.body).not.toHaveProperty("where.key");
});

test("reads the recorded states, deletions and edits", async () => {
  gateway.answer({ [FIND]: replay("baileys-findMessages-by-jid") });
  const records = await adapter.findMessages(gateway.access, {
    chat: [group("120363025246125486")],
    ...WINDOW,
    limit: 2,
  });
  expect(records).toMatchObject([
    {
      // Deleted by ourselves: the key says so, the content is still there.
      message: { externalId: "3EB09B6C08608282B5B126", fromMe: true, content: { text: "precio 12" } },
      statuses: ["sent", "delivered"],
      deleted: true,
    },
    {
      message: { externalId: "AC00000000000000000000000000MD02", content: { type: "image" } },
      statuses: [],
      deleted: false,
    },
  ]);
});

test("knows a deletion by the other side from the content that is gone", async () => {
  gateway.answer({ [FIND]: replay("baileys-findMessages-after-revoke") });
  const [found] = await adapter.findMessages(gateway.access, { ...WINDOW, limit: 1 });
  expect(found).toMatchObject({
    message: { externalId: "AC16DEBA046A857AC0CC94DE8FC6ECB9" },
    deleted: true,
  });
});

test("reads an edited record in its other form", async () => {
  gateway.answer({ [FIND]: replay("baileys-findMessages-after-edit") });
  const [found] = await adapter.findMessages(gateway.access, { ...WINDOW, limit: 1 });
  expect(found).toMatchObject({ message: { content: { text: "precio 130 https://x.pe" } }, deleted: false });
});

test("filters fromMe:false itself, which the gateway ignores", async () => {
  gateway.answer({ [FIND]: page([record("OURS", 1795163000, true), record("THEIRS", 1795163001)]) });
  const found = await adapter.findMessages(gateway.access, { fromMe: false, ...WINDOW, limit: 10 });
  expect(found.map(({ message }) => message.externalId)).toEqual(["THEIRS"]);
  expect(gateway.asked[0]?.body).not.toHaveProperty("where.key");
});

test("turns pages until it has enough, without repetition, newest first", async () => {
  const first = page([record("C", 1795163003), record("B", 1795163002)], 2);
  const second = page([record("B", 1795163002), record("A", 1795163001)], 2);
  gateway.answer({ [FIND]: [first, second] });
  const found = await adapter.findMessages(gateway.access, { ...WINDOW, limit: 10 });
  expect(found.map(({ message }) => message.externalId)).toEqual(["C", "B", "A"]);
  gateway.answer({ [FIND]: [first, second] });
  const limited = await adapter.findMessages(gateway.access, { ...WINDOW, limit: 2 });
  expect(limited.map(({ message }) => message.externalId)).toEqual(["C", "B"]);
  expect(gateway.asked).toHaveLength(1);
});

test("reads bytes as base64 as well as maps", async () => {
  const audio = {
    ...record("V", 1795163001),
    message: { audioMessage: { ptt: true, seconds: 2, waveform: Buffer.from([1, 2, 3]).toString("base64") } },
  };
  gateway.answer({ [FIND]: page([audio]) });
  const [found] = await adapter.findMessages(gateway.access, { ...WINDOW, limit: 1 });
  expect(found).toMatchObject({ message: { content: { type: "voice", media: { waveform: [1, 2, 3] } } } });
});
