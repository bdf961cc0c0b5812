import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OutgoingMessage } from "#lib/channel-adapters/contract.ts";
import { evolutionAdapter as adapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { ANA, group, lid, phone } from "./expected-messages.ts";
import { webhook } from "./fixtures.ts";
import { type GatewayServer, OPEN, replay, startGateway } from "./gateway-server.ts";

let gateway: GatewayServer;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const hello: OutgoingMessage = { to: ANA, content: { type: "text", text: "Hola" } };
const code = (value: string) => expect.objectContaining({ code: value });

describe("send", () => {
  test("answers the id, where it went and when", async () => {
    gateway.answer({ ...OPEN, "POST message/sendText": replay("baileys-sendText-br") });
    expect(await adapter.send(gateway.access, hello)).toEqual({
      externalId: "3EB0894B76BBAAA3E2BB83",
      // Not where it was sent to: the gateway took the ninth digit out.
      sentTo: phone("553187654321"),
      at: new Date(1795164957_000),
    });
    expect(gateway.asked[1]?.body).toEqual({
      number: "51987654321@s.whatsapp.net",
      text: "Hola",
      linkPreview: false,
    });
  });

  test.each([
    ["state-close", "channel_disconnected"],
    ["state-connecting", "channel_busy"],
    ["state-unknown", "gateway_instance_missing"],
    ["auth-wrong-key", "gateway_rejected_key"],
  ])("asks for the state first (%s: %s)", async (recording, expected) => {
    gateway.answer({ "GET instance/connectionState": replay(recording) });
    await expect(adapter.send(gateway.access, hello)).rejects.toEqual(code(expected));
    expect(gateway.calls()).not.toContain("POST message/sendText");
  });

  test.each([
    ["baileys-sendText-notonwa", "recipient_not_on_whatsapp"],
    ["baileys-sendText-empty", "message_refused"],
    ["cloud-err-131030", "message_refused"],
    ["restart-close", "message_refused"],
  ])("%s is %s", async (recording, expected) => {
    gateway.answer({ ...OPEN, "POST message/sendText": replay(recording) });
    await expect(adapter.send(gateway.access, hello)).rejects.toEqual(code(expected));
  });

  test.each([
    ["201 without an id", { status: 201, body: { status: "PENDING", key: {} } }],
    ["201 that is no JSON", { status: 201, text: "OK" }],
    ["a proxy's error page", { status: 502, text: "<html>Bad gateway</html>" }],
  ])("%s: nobody knows whether it left", async (_, reply) => {
    gateway.answer({ ...OPEN, "POST message/sendText": reply });
    await expect(adapter.send(gateway.access, hello)).rejects.toEqual(code("send_outcome_unknown"));
  });

  test("a connection cut in the middle: nobody knows whether it left", async () => {
    gateway.answer({
      ...OPEN,
      "POST message/sendText": (_, response) => {
        response.destroy();
        return null;
      },
    });
    await expect(adapter.send(gateway.access, hello)).rejects.toEqual(code("send_outcome_unknown"));
  });

  test("follows no redirect with our key", async () => {
    gateway.answer({
      ...OPEN,
      "POST message/sendText": (_, response) => {
        response.writeHead(307, { location: "/instance/fetchInstances" }).end();
        return null;
      },
    });
    await expect(adapter.send(gateway.access, hello)).rejects.toEqual(code("gateway_refused"));
    expect(gateway.calls()).not.toContain("POST instance/fetchInstances");
  });
});

describe("edit and delete", () => {
  const target = { to: ANA, externalId: "3EB09B6C08608282B5B126" };

  test("edit names the message and the chat", async () => {
    gateway.answer({ ...OPEN, "POST chat/updateMessage": replay("baileys-updateMessage") });
    await adapter.edit(gateway.access, target, "precio 12");
    expect(gateway.asked[1]?.body).toEqual({
      number: "51987654321@s.whatsapp.net",
      key: { id: target.externalId, fromMe: true, remoteJid: "51987654321@s.whatsapp.net" },
      text: "precio 12",
    });
  });

  test("edit finds the chat under which the gateway filed the message", async () => {
    gateway.answer({
      ...OPEN,
      "POST chat/updateMessage": [
        replay("baileys-updateMessage-wrong-chat"),
        replay("baileys-updateMessage"),
      ],
      "POST chat/findMessages": replay("baileys-findMessages-lid"),
    });
    await adapter.edit(gateway.access, target, "x");
    expect(gateway.asked.at(-1)?.body).toMatchObject({ number: "185820110777001@lid" });
  });

  test("edit of what the gateway does not know is refused", async () => {
    gateway.answer({
      ...OPEN,
      "POST chat/updateMessage": replay("baileys-updateMessage-unknown"),
      "POST chat/findMessages": replay("findMessages-empty"),
    });
    await expect(adapter.edit(gateway.access, target, "x")).rejects.toEqual(code("message_refused"));
  });

  test("delete goes out for everyone", async () => {
    gateway.answer({ ...OPEN, "DELETE chat/deleteMessageForEveryone": replay("baileys-deleteForEveryone") });
    await adapter.delete(gateway.access, target);
    expect(gateway.asked[1]?.body).toEqual({
      id: target.externalId,
      fromMe: true,
      remoteJid: "51987654321@s.whatsapp.net",
    });
  });
});

describe("read marks", () => {
  test("prefer the phone, and leave out chats that would be skipped without a word", async () => {
    gateway.answer({ ...OPEN, "POST chat/markMessageAsRead": replay("baileys-markRead") });
    await adapter.markRead(gateway.access, [
      { chat: [lid("185820110777001"), phone("51955511122")], externalId: "A" },
      { chat: [lid("185820110777003")], externalId: "B" },
      { chat: [group("120363025246125486")], externalId: "C", author: ANA },
    ]);
    expect(gateway.asked[1]?.body).toEqual({
      readMessages: [
        { id: "A", fromMe: false, remoteJid: "51955511122@s.whatsapp.net" },
        {
          id: "C",
          fromMe: false,
          remoteJid: "120363025246125486@g.us",
          participant: "51987654321@s.whatsapp.net",
        },
      ],
    });
  });

  test("of LID chats alone cost no call", async () => {
    gateway.answer({});
    await adapter.markRead(gateway.access, [{ chat: [lid("185820110777003")], externalId: "B" }]);
    expect(gateway.calls()).toEqual([]);
  });
});

describe("media", () => {
  const MEDIA = "POST chat/getBase64FromMediaMessage";

  test("come as bytes with type and name", async () => {
    gateway.answer({ [MEDIA]: replay("baileys-getBase64-key") });
    const media = await adapter.fetchMedia(gateway.access, { id: "AC00000000000000000000000000MD01" });
    expect(media).toMatchObject({
      mimeType: "image/jpeg",
      fileName: "AC00000000000000000000000000MD01.jpeg",
    });
    expect(media.bytes.byteLength).toBe(75);
    expect(gateway.asked[0]?.body).toMatchObject({
      message: { key: { id: "AC00000000000000000000000000MD01" } },
    });
  });

  test("of a message that the gateway forgot are asked for with the message itself", async () => {
    const [event] = adapter.parse(webhook("messages.upsert.image.json"));
    if (event?.type !== "message" || event.message.content.type !== "image") throw new Error("no image");
    gateway.answer({ [MEDIA]: [replay("baileys-getBase64-unknown"), replay("baileys-getBase64-key")] });
    const media = await adapter.fetchMedia(gateway.access, event.message.content.media.ref);
    expect(media.bytes.byteLength).toBe(75);
    expect(gateway.asked[1]?.body).toMatchObject({ message: { message: { imageMessage: {} } } });
  });

  test.each([
    ["baileys-getBase64-gone", "media_unavailable"],
    ["baileys-getBase64-unknown", "not_found"],
    ["baileys-getBase64-text", "media_rejected"],
  ])("%s is %s", async (recording, expected) => {
    gateway.answer({ [MEDIA]: replay(recording) });
    await expect(adapter.fetchMedia(gateway.access, { id: "X" })).rejects.toEqual(code(expected));
  });

  test("without a byte are not there, and an unknown type is told as such", async () => {
    gateway.answer({ [MEDIA]: { status: 201, body: { mimetype: "false", base64: "" } } });
    await expect(adapter.fetchMedia(gateway.access, { id: "X" })).rejects.toEqual(code("media_unavailable"));
    gateway.answer({ [MEDIA]: { status: 201, body: { mimetype: "false", base64: "AQID" } } });
    expect(await adapter.fetchMedia(gateway.access, { id: "X" })).toMatchObject({
      mimeType: "application/octet-stream",
      fileName: "X",
    });
  });

  test("need a reference", async () => {
    await expect(adapter.fetchMedia(gateway.access, {})).rejects.toEqual(code("not_found"));
  });
});

describe("check of numbers", () => {
  test("matches by the number as sent, and leaves out who is not there", async () => {
    gateway.answer({ ...OPEN, "POST chat/whatsappNumbers": replay("baileys-whatsappNumbers") });
    expect(await adapter.checkNumbers(gateway.access, ["51987654321", "51900000000"])).toEqual([
      { asked: "51987654321", address: ANA },
    ]);
  });

  test("tells under which id WhatsApp knows a number", async () => {
    gateway.answer({ ...OPEN, "POST chat/whatsappNumbers": replay("baileys-whatsappNumbers-country") });
    expect(await adapter.checkNumbers(gateway.access, ["5215512345678", "5531987654321"])).toEqual([
      { asked: "5215512345678", address: phone("525512345678") },
      { asked: "5531987654321", address: phone("553187654321") },
    ]);
  });

  test("asks for nothing that is no number", async () => {
    gateway.answer({});
    expect(await adapter.checkNumbers(gateway.access, ["", "12", "120363025246125486"])).toEqual([]);
    expect(gateway.calls()).toEqual([]);
  });
});

describe("pictures", () => {
  const PICTURE = "POST chat/fetchProfilePictureUrl";
  test("are a URL, or null", async () => {
    gateway.answer({ ...OPEN, [PICTURE]: replay("baileys-profilePicture") });
    expect(await adapter.fetchPicture(gateway.access, ANA)).toMatch(/^https:\/\/pps\.whatsapp\.net\//);
    gateway.answer({ ...OPEN, [PICTURE]: replay("baileys-profilePicture-none") });
    expect(await adapter.fetchPicture(gateway.access, ANA)).toBeNull();
  });
});

test("access of another provider is a mistake of ours", async () => {
  const cloud = {
    kind: "cloud",
    baseUrl: "",
    phoneNumberId: "",
    businessAccountId: "",
    accessToken: "",
    appSecret: "",
    verifyToken: "",
  } as const;
  expect(() => adapter.ping(cloud)).toThrow("cloud access");
});
