import { describe, expect, test } from "vitest";
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { EXPECTED_EVENTS } from "./expected-events.ts";
import { ANA, EXPECTED_MESSAGES, type ExpectedMessage } from "./expected-messages.ts";
import { webhook, webhookIndex } from "./fixtures.ts";

const { parse } = evolutionAdapter;

/** Checked by tests of their own: the QR codes, whose texts are long. */
const QR_FIXTURES = ["qrcode.updated", "qrcode.updated.pairing-code"];

/** References to files and long byte texts, cut to what the tables say. */
function comparable(events: ChannelEvent[]): ChannelEvent[] {
  return JSON.parse(JSON.stringify(events), (key, value) => {
    if (key === "ref") return {};
    if (key === "thumbnail" && typeof value === "string" && value.length > 100) return value.slice(0, 4);
    if (key === "waveform" && Array.isArray(value) && value.length === 64) return 64;
    return value;
  });
}

function expectedMessage(
  expected: ExpectedMessage,
  summary: { externalId?: string | undefined; at?: number | undefined },
): unknown {
  const message = {
    externalId: summary.externalId,
    chat: [ANA],
    name: "Ana Pérez",
    fromMe: false,
    viaApi: false,
    sentAt: new Date((summary.at ?? 0) * 1000),
    ...expected,
  };
  return [{ type: "message", source: "live", message }];
}

describe("every recorded webhook", () => {
  test("has an expectation, and every expectation a recording", () => {
    const recorded = webhookIndex.map(({ file }) => file.replace(".json", "")).sort();
    const expected = [...Object.keys(EXPECTED_MESSAGES), ...Object.keys(EXPECTED_EVENTS), ...QR_FIXTURES];
    expect(expected.sort()).toEqual(recorded);
    expect(recorded).toHaveLength(162);
  });

  test.each(webhookIndex)("$file: $desc", ({ file, summary }) => {
    const name = file.replace(".json", "");
    const message = EXPECTED_MESSAGES[name];
    const events = EXPECTED_EVENTS[name];
    const parsed = comparable(parse(webhook(file)));
    if (message) {
      expect(parsed).toEqual(JSON.parse(JSON.stringify(expectedMessage(message, summary ?? {}))));
    } else if (events) {
      expect(parsed).toEqual(JSON.parse(JSON.stringify(events)));
    } else {
      expect(QR_FIXTURES).toContain(name);
    }
  });
});

describe("QR codes", () => {
  test("carry the text to draw and the drawing", () => {
    const [event] = parse(webhook("qrcode.updated.json"));
    expect(event).toEqual({
      type: "qr",
      qr: { code: expect.stringMatching(/^2@/), image: expect.stringMatching(/^data:image\/png;base64,/) },
    });
  });

  test("carry the pairing code when one was asked for", () => {
    const [event] = parse(webhook("qrcode.updated.pairing-code.json"));
    expect(event).toMatchObject({ type: "qr", qr: { pairingCode: "9Y5Y3733" } });
  });
});

describe("references to files", () => {
  function refOf(file: string): Record<string, unknown> | undefined {
    const [event] = parse(webhook(file));
    if (event?.type !== "message" || !("media" in event.message.content)) return undefined;
    return event.message.content.media.ref;
  }

  test("hold the message's id and what WhatsApp needs to find and decrypt the file", () => {
    expect(refOf("messages.upsert.image.json")).toEqual({
      id: "AC974402D85E857F95B71251EFDE54B9",
      message: {
        key: {
          id: "AC974402D85E857F95B71251EFDE54B9",
          remoteJid: "51987654321@s.whatsapp.net",
          fromMe: false,
          participant: "",
        },
        message: {
          imageMessage: expect.objectContaining({
            url: expect.stringContaining("https://mmg.whatsapp.net/"),
            mediaKey: expect.anything(),
            mimetype: "image/jpeg",
          }),
        },
      },
    });
  });

  test("name wrapped content without its wrapper", () => {
    expect(refOf("messages.upsert.image-view-once.json")).toMatchObject({
      message: { message: { imageMessage: { mimetype: "image/jpeg" } } },
    });
  });

  test("are the id alone when the gateway keeps the file", () => {
    expect(refOf("cloud.messages.upsert.image.json")).toEqual({
      id: "wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQUE0004A=",
    });
  });
});

test("key material never leaves the parser", () => {
  const text = JSON.stringify(parse(webhook("messages.edited.not-an-edit-key-share.json")));
  expect(text).not.toContain("6ebkHHZ03msfs6yey9W3u");
});
