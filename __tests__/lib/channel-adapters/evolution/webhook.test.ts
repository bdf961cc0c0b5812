import { describe, expect, test } from "vitest";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { webhook, webhookIndex } from "./fixtures.ts";

const { verify, routingKey, eventName, parse } = evolutionAdapter;
const request = (secret?: string) => ({
  headers: new Headers(secret === undefined ? {} : { "x-hook-secret": secret }),
  rawBody: "{}",
});

describe("verify", () => {
  test("takes the current secret and former ones", () => {
    expect(verify(request("new"), ["new", "old"])).toBe(true);
    expect(verify(request("old"), ["new", "old"])).toBe(true);
  });

  test.each([undefined, "", "wrong", "new ", "newnew", "ne"])("refuses %o", (secret) => {
    expect(verify(request(secret?.replace(/ $/, "_")), ["new", "old"])).toBe(false);
  });

  test("an empty secret opens nothing", () => {
    expect(verify(request(""), [""])).toBe(false);
    expect(verify(request(), [""])).toBe(false);
    expect(verify(request("x"), [])).toBe(false);
  });
});

describe("event name", () => {
  test("is the gateway's own", () => {
    for (const { file, event } of webhookIndex.filter(({ event }) => event)) {
      expect(eventName(webhook(file))).toBe(event);
    }
  });

  test.each([null, undefined, 1, "x", [], {}, { event: 5 }, { event: "a b" }, { event: "x".repeat(500) }])(
    "of %o is unknown",
    (payload) => expect(eventName(payload)).toBe("unknown"),
  );
});

describe("routing key", () => {
  test.each([
    ["messages.upsert.text", "phone:51987654321"],
    ["messages.update.read", "phone:51987654321"],
    ["messages.delete", "phone:51987654321"],
    ["messages.delete.api", "phone:51987654321"],
    ["send.message.text", "phone:51987654321"],
    ["send.message.update", "phone:51987654321"],
    ["messages.edited.own-phone", "phone:51987654321"],
    ["presence.update.composing", "phone:51987654321"],
    ["call.offer", "phone:51987654321"],
    ["contacts.upsert.object", "phone:51911110002"],
    // Whichever way they are addressed.
    ["messages.upsert.text-lid", "phone:51955511122"],
    ["messages.upsert.text-pn-with-lid", "phone:51955511133"],
    ["messages.upsert.text-lid-only", "lid:185820110777003"],
    ["messages.upsert.group-text", "group:120363025246125486@g.us"],
    ["group-participants.update", "group:120363025246125486@g.us"],
    // An edit of theirs names only us.
    ["messages.edited", "message:AC9DC506ABAF4D3091F829773B0A3D4E"],
    ["messages.edited.revoke", "message:AC16DEBA046A857AC0CC94DE8FC6ECB9"],
    ["messages.upsert.self-note", "phone:51900000002"],
    ["qrcode.updated", "connection"],
    ["connection.update.open", "connection"],
    ["status.instance.closed", "connection"],
    ["logout.instance", "connection"],
    ["messages.set", "history"],
    ["cloud.template-callback", "unknown"],
  ])("of %s is %s", (file, key) => {
    expect(routingKey(webhook(`${file}.json`))).toBe(key);
  });

  test("does not depend on the device a message came from", () => {
    const from = (remoteJid: string) =>
      routingKey({ event: "messages.upsert", data: { key: { id: "A", remoteJid } } });
    expect(from("51987654321:23@s.whatsapp.net")).toBe(from("51987654321@s.whatsapp.net"));
    expect(from("51987654321@c.us")).toBe(from("51987654321@s.whatsapp.net"));
  });

  test("of a call into a group is the group's", () => {
    const call = { from: "51987654321@s.whatsapp.net", groupJid: "120363025246125486@g.us" };
    expect(routingKey({ event: "call", data: call })).toBe("group:120363025246125486@g.us");
  });

  test("costs next to nothing", () => {
    const payload = webhook("messages.upsert.text-lid.json");
    const start = performance.now();
    for (let round = 0; round < 20_000; round++) routingKey(payload);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("addresses", () => {
  const chatOf = (key: object, sender = "51900000002@s.whatsapp.net") => {
    const [event] = parse({
      event: "messages.upsert",
      sender,
      date_time: "2026-11-20T08:00:00.000Z",
      data: { key: { id: "A", ...key }, message: { conversation: "x" }, messageTimestamp: 1795163433 },
    });
    return event?.type === "message" ? event.message.chat : event;
  };

  test("leave out our own number, which stands in for the partner's on own messages", () => {
    const key = {
      remoteJid: "185820110777001@lid",
      remoteJidAlt: "51900000002:7@s.whatsapp.net",
      fromMe: true,
    };
    expect(chatOf(key)).toEqual([{ kind: "lid", id: "185820110777001" }]);
  });

  test("are read under the names of older gateways", () => {
    expect(chatOf({ remoteJid: "185820110777001@lid", senderPn: "51955511122@s.whatsapp.net" })).toEqual([
      { kind: "phone", id: "51955511122" },
      { kind: "lid", id: "185820110777001" },
    ]);
  });

  test("of an old group keep its dash", () => {
    expect(chatOf({ remoteJid: "51987654321-1500000000@g.us" })).toEqual([
      { kind: "group", id: "51987654321-1500000000@g.us" },
    ]);
  });

  test.each([
    ["status@broadcast", "status post"],
    ["1600000000@broadcast", "broadcast list"],
    ["120363025246125486@newsletter", "newsletter"],
    ["13135550002@bot", "neither a person nor a group"],
    ["", "no chat in it"],
  ])("%o is no chat", (remoteJid, reason) => {
    expect(chatOf({ remoteJid })).toEqual({ type: "ignored", reason });
  });
});

describe("contents nobody recorded", () => {
  const contentOf = (message: object) => {
    const [event] = parse({
      event: "messages.upsert",
      data: {
        key: { id: "A", remoteJid: "51987654321@s.whatsapp.net" },
        message,
        messageTimestamp: { low: 1795163433, high: 0, unsigned: true },
      },
    });
    return event?.type === "message" ? event.message.content : event;
  };

  test.each([
    [
      "five wrappers deep",
      {
        ephemeralMessage: {
          message: {
            viewOnceMessage: {
              message: {
                deviceSentMessage: {
                  message: {
                    documentWithCaptionMessage: {
                      message: { editedMessage: { message: { conversation: "x" } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
      { type: "text", text: "x" },
    ],
    [
      "a wrapper of later days",
      { someNewMessageV9: { message: { conversation: "x" } } },
      { type: "text", text: "x" },
    ],
    [
      "a kind of later days",
      { hologramMessage: { caption: "mira" } },
      { type: "unsupported", reason: "hologramMessage", text: "mira" },
    ],
    [
      "a poll of any version",
      {
        pollCreationMessageV5: {
          name: "?",
          options: [{ optionName: "a" }, { optionName: "b" }],
          selectableOptionsCount: 0,
        },
      },
      { type: "poll", question: "?", options: ["a", "b"], selectableCount: 2 },
    ],
    [
      "a list",
      {
        listMessage: {
          title: "Menú",
          description: "Elige",
          sections: [{ rows: [{ rowId: "r1", title: "Uno", description: "d" }] }],
        },
      },
      {
        type: "interactive",
        kind: "list",
        text: "Elige",
        title: "Menú",
        options: [{ id: "r1", title: "Uno", description: "d" }],
      },
    ],
    ["a message kept", { keepInChatMessage: { keepType: 1 } }, { type: "system", event: "message_kept" }],
    [
      "a place off the globe",
      { locationMessage: { degreesLatitude: 123, degreesLongitude: 0, name: "x" } },
      { type: "unsupported", reason: "locationMessage" },
    ],
    ["text that no database takes", { conversation: "a\0b\ud800c" }, { type: "text", text: "ab\ufffdc" }],
    ["a vote", { pollUpdateMessage: { vote: {} } }, { type: "ignored", reason: "poll vote, encrypted" }],
    [
      "a deletion in the wrong place",
      { protocolMessage: { type: 0, key: { id: "Z" } } },
      { type: "deletion", externalId: "Z", at: expect.any(Date) },
    ],
  ])("%s", (_, message, expected) => {
    expect(contentOf(message)).toEqual(expected);
  });

  test("an amount beyond 31 bits", () => {
    const totalAmount1000 = { low: -296, high: 0, unsigned: false };
    expect(contentOf({ orderMessage: { totalAmount1000, totalCurrencyCode: "PYG" } })).toMatchObject({
      footer: "PYG 4294967.00",
    });
  });

  test("a quote that only the content tells, beside a context that tells other things", () => {
    const [event] = parse({
      event: "messages.upsert",
      data: {
        key: { id: "A", remoteJid: "51987654321@s.whatsapp.net" },
        message: { imageMessage: { contextInfo: { stanzaId: "Q", expiration: 86_400 } } },
        contextInfo: { isForwarded: true, mentionedJid: ["51911111111@s.whatsapp.net"] },
      },
    });
    expect(event).toMatchObject({
      message: {
        quoted: { externalId: "Q" },
        expiresAfterS: 86_400,
        forwarded: true,
        mentions: [{ kind: "phone", id: "51911111111" }],
      },
    });
  });

  test("history without content is passed over, live messages are not", () => {
    const record = { key: { id: "A", remoteJid: "51987654321@s.whatsapp.net" }, message: null };
    expect(parse({ event: "messages.set", data: [record] })).toEqual([
      { type: "ignored", reason: "history record without content" },
    ]);
    expect(parse({ event: "messages.upsert", data: record })).toMatchObject([
      { type: "message", message: { content: { type: "unsupported", reason: "empty" } } },
    ]);
  });

  test("a contact card folded, escaped and with several numbers", () => {
    const vcard =
      "BEGIN:VCARD\r\nFN:Ana\\, hija\r\nitem1.TEL;waid=51911111111:\r\nTEL;type=WORK:+51 1 44\r\n 4 5555\r\nEMAIL:a@b.pe\r\nORG:Acme;Ventas\r\nEND:VCARD";
    expect(contentOf({ contactMessage: { vcard } })).toEqual({
      type: "contacts",
      contacts: [
        {
          name: "Ana, hija",
          phones: ["+51911111111", "+51 1 444 5555"],
          emails: ["a@b.pe"],
          organization: "Acme, Ventas",
        },
      ],
    });
  });
});
