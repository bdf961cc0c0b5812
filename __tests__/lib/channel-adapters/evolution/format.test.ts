import { describe, expect, test } from "vitest";
import type { OutgoingContent, OutgoingMedia, OutgoingMessage } from "#lib/channel-adapters/contract.ts";
import { formatSend } from "#lib/channel-adapters/evolution/format.ts";
import { ANA, group, lid, phone } from "./expected-messages.ts";

const NUMBER = "51987654321@s.whatsapp.net";
const bytes = new Uint8Array([1, 2, 3]);
const media = (mimeType: string, fileName: string): OutgoingMedia => ({ bytes, mimeType, fileName });
const body = (content: OutgoingContent, more: Partial<OutgoingMessage> = {}) =>
  formatSend({ to: ANA, content, ...more });

const GOLDEN: [string, OutgoingContent, string, object][] = [
  ["text", { type: "text", text: "hola" }, "sendText", { number: NUMBER, text: "hola", linkPreview: false }],
  [
    "image",
    { type: "image", media: media("image/png", "foto.png"), text: "pie" },
    "sendMedia",
    {
      number: NUMBER,
      mediatype: "image",
      mimetype: "image/png",
      media: "AQID",
      fileName: "foto.png",
      caption: "pie",
    },
  ],
  [
    "video without caption",
    { type: "video", media: media("video/mp4", "clip"), text: "" },
    "sendMedia",
    { number: NUMBER, mediatype: "video", mimetype: "video/mp4", media: "AQID", fileName: "clip.mp4" },
  ],
  [
    "document",
    { type: "document", media: media("application/pdf", "Factura 001.pdf") },
    "sendMedia",
    {
      number: NUMBER,
      mediatype: "document",
      mimetype: "application/pdf",
      media: "AQID",
      fileName: "Factura 001.pdf",
    },
  ],
  [
    "audio",
    { type: "audio", media: media("audio/mpeg", "tema.mp3") },
    "sendMedia",
    { number: NUMBER, mediatype: "audio", mimetype: "audio/mpeg", media: "AQID", fileName: "tema.mp3" },
  ],
  [
    "voice",
    { type: "voice", media: media("audio/webm;codecs=opus", "voz.webm") },
    "sendWhatsAppAudio",
    { number: NUMBER, audio: "AQID" },
  ],
  [
    "sticker",
    { type: "sticker", media: media("image/webp", "s.webp") },
    "sendSticker",
    { number: NUMBER, sticker: "AQID" },
  ],
  [
    "location",
    { type: "location", latitude: -12.05, longitude: -77.04, name: "Plaza Mayor", address: "Lima" },
    "sendLocation",
    { number: NUMBER, latitude: -12.05, longitude: -77.04, name: "Plaza Mayor", address: "Lima" },
  ],
  [
    "location without words",
    { type: "location", latitude: 1, longitude: 2, name: "", address: " " },
    "sendLocation",
    { number: NUMBER, latitude: 1, longitude: 2, name: "1, 2", address: "1, 2" },
  ],
  [
    "contacts",
    {
      type: "contacts",
      contacts: [
        { name: "Soporte", phones: ["+51 911 111 111"], emails: ["a@acme.pe"], organization: "Acme" },
      ],
    },
    "sendContact",
    {
      number: NUMBER,
      contact: [
        {
          fullName: "Soporte",
          phoneNumber: "+51 911 111 111",
          wuid: "51911111111",
          organization: "Acme",
          email: "a@acme.pe",
        },
      ],
    },
  ],
  [
    "poll",
    { type: "poll", question: "¿Día?", options: ["Lunes", "Martes"], selectableCount: 1 },
    "sendPoll",
    { number: NUMBER, name: "¿Día?", selectableCount: 1, values: ["Lunes", "Martes"] },
  ],
  [
    "reaction",
    { type: "reaction", targetExternalId: "AC1", targetFromMe: false, emoji: "👍" },
    "sendReaction",
    { key: { id: "AC1", remoteJid: NUMBER, fromMe: false }, reaction: "👍" },
  ],
  [
    "reaction taken back",
    { type: "reaction", targetExternalId: "3EB0", targetFromMe: true, emoji: null },
    "sendReaction",
    { key: { id: "3EB0", remoteJid: NUMBER, fromMe: true }, reaction: "" },
  ],
];

test.each(GOLDEN)("%s", (_, content, path, expected) => {
  const call = body(content);
  expect(call.path).toBe(`message/${path}`);
  expect(call.body).toEqual(expected);
});

describe("quotes", () => {
  const content: OutgoingContent = { type: "text", text: "sí" };

  test("carry the whole key and the text", () => {
    const call = body(content, { quoted: { externalId: "AC1", fromMe: false, text: "¿hay?" } });
    expect(call.body.quoted).toEqual({
      key: { id: "AC1", remoteJid: NUMBER, fromMe: false },
      message: { conversation: "¿hay?" },
    });
  });

  test("without a text are looked up by the gateway", () => {
    const call = body(content, { quoted: { externalId: "AC1", fromMe: true } });
    expect(call.body.quoted).toEqual({ key: { id: "AC1", remoteJid: NUMBER, fromMe: true } });
  });

  test("in a group name their author", () => {
    const call = body(content, {
      to: group("120363025246125486"),
      quoted: { externalId: "AC1", fromMe: false, text: "a", author: lid("185820110777001") },
    });
    expect(call.body.quoted).toMatchObject({ key: { participant: "185820110777001@lid" } });
  });
});

describe("recipients", () => {
  const content: OutgoingContent = { type: "text", text: "x" };
  test("keep the address WhatsApp knows them by", () => {
    expect(body(content, { to: lid("185820110777001") }).body.number).toBe("185820110777001@lid");
    expect(body(content, { to: group("120363025246125486") }).body.number).toBe("120363025246125486@g.us");
    expect(body(content, { to: phone("5531987654321") }).body.number).toBe("5531987654321@s.whatsapp.net");
  });

  test.each([{ kind: "user", id: "PE.1" } as const, phone("+51 987"), phone("x?instanceName=b"), lid("")])(
    "that cannot be reached are refused: %o",
    (to) => {
      expect(() => body(content, { to })).toThrow(expect.objectContaining({ code: "recipient_invalid" }));
    },
  );

  test("in groups get the longer time limit", () => {
    expect(body(content).timeoutMs).toBeGreaterThanOrEqual(75_000);
    expect(body(content, { to: group("1203") }).timeoutMs).toBeGreaterThanOrEqual(130_000);
  });
});

describe("files", () => {
  test.each([
    ["image/png", "foto", "foto.png"],
    ["image/jpeg", "foto.jpeg", "foto.jpeg"],
    ["application/pdf", "informe.final", "informe.final.pdf"],
    ["application/octet-stream", "datos.dwg", "datos.dwg"],
    ["application/x-unheard-of", "datos", "datos.bin"],
    ["application/pdf", "../../etc/passwd", ".._.._etc_passwd.pdf"],
    ["text/plain; charset=utf-8", "nota.txt", "nota.txt"],
  ])("%s named %s go as %s", (mimeType, fileName, sent) => {
    expect(body({ type: "document", media: media(mimeType, fileName) }).body.fileName).toBe(sent);
  });

  test("that are no sound are never sent as a voice note", () => {
    expect(() => body({ type: "voice", media: media("application/pdf", "a.pdf") })).toThrow(
      expect.objectContaining({ code: "media_rejected" }),
    );
  });

  test("without a byte are refused", () => {
    const empty = { ...media("image/png", "a.png"), bytes: new Uint8Array() };
    expect(() => body({ type: "image", media: empty })).toThrow(
      expect.objectContaining({ code: "media_rejected" }),
    );
  });

  test("get time for their upload", () => {
    const large = { ...media("video/mp4", "a.mp4"), bytes: new Uint8Array(16 * 1024 * 1024) };
    expect(body({ type: "video", media: large }).timeoutMs).toBeGreaterThan(120_000);
  });
});

test("a contact card without a number is refused", () => {
  expect(() => body({ type: "contacts", contacts: [{ name: "X", phones: ["12"] }] })).toThrow(
    expect.objectContaining({ code: "message_refused" }),
  );
});
