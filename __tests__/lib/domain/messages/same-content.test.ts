import { describe, expect, test } from "vitest";
import type { MessageContent } from "#lib/channel-adapters/contract.ts";
import { storedContent } from "#lib/domain/messages/content.ts";
import { type OwnMessage, sameContent } from "#lib/domain/messages/same-content.ts";

const file = (fileName?: string, sizeBytes?: number) => ({
  ref: {},
  ...(fileName && { fileName }),
  ...(sizeBytes && { sizeBytes }),
});

function own(given: Partial<OwnMessage> & Pick<OwnMessage, "type">): OwnMessage {
  return { text: null, content: storedContent({}), media: null, ...given };
}

const place = (name: string | null, address: string | null, latitude = -12.0464) =>
  own({
    type: "location",
    text: name ?? address,
    content: storedContent({
      details: { kind: "location", latitude, longitude: -77.0428, name, address, live: false },
    }),
  });
const poll = (options: string[]) =>
  own({
    type: "poll",
    text: "¿Qué día?",
    content: storedContent({ details: { kind: "poll", options, selectableCount: 1 } }),
  });
const document = own({ type: "document", text: "Adjunto", media: { fileName: "lista.pdf", sizeBytes: 900 } });

const CASES: [string, OwnMessage, MessageContent, boolean][] = [
  ["the same words", own({ type: "text", text: "Hola " }), { type: "text", text: "Hola " }, true],
  ["other words", own({ type: "text", text: "Hola" }), { type: "text", text: "Hola " }, false],
  [
    "another type",
    own({ type: "text", text: "Hola" }),
    { type: "image", media: file(), text: "Hola" },
    false,
  ],
  // The gateway makes images JPEG and voice notes Opus: neither name nor size stays.
  [
    "an image made JPEG",
    own({ type: "image", text: "Así", media: { fileName: "a.png", sizeBytes: 5000 } }),
    { type: "image", media: file(undefined, 3100), text: "Así" },
    true,
  ],
  [
    "an image with another caption",
    own({ type: "image", text: "Así" }),
    { type: "image", media: file() },
    false,
  ],
  [
    "a voice note",
    own({ type: "voice", media: { fileName: "nota.webm", sizeBytes: 10 } }),
    { type: "voice", media: file("x.ogg", 7) },
    true,
  ],
  ["a document", document, { type: "document", media: file("lista.pdf", 900), text: "Adjunto" }, true],
  [
    "a document that tells no size",
    document,
    { type: "document", media: file("lista.pdf"), text: "Adjunto" },
    true,
  ],
  ["another document", document, { type: "document", media: file("otra.pdf", 900), text: "Adjunto" }, false],
  [
    "another edition of it",
    document,
    { type: "document", media: file("lista.pdf", 901), text: "Adjunto" },
    false,
  ],
  [
    "a place by its address alone",
    place(null, "Av. Grau 120"),
    { type: "location", latitude: -12.0464000001, longitude: -77.0428, name: "", address: "Av. Grau 120" },
    true,
  ],
  [
    "another place",
    place("Local", null, -12.05),
    { type: "location", latitude: -12.0464, longitude: -77.0428, name: "Local" },
    false,
  ],
  [
    "a poll",
    poll(["Lunes", "Martes"]),
    { type: "poll", question: "¿Qué día?", options: ["Lunes", "Martes"], selectableCount: 1 },
    true,
  ],
  [
    "a poll with other options",
    poll(["Lunes", "Martes"]),
    { type: "poll", question: "¿Qué día?", options: ["Lunes", "Jueves"], selectableCount: 1 },
    false,
  ],
];

describe("what the gateway has and a message of ours", () => {
  test.each(CASES)("%s", (_, ours, theirs, same) => {
    expect(sameContent(ours, theirs)).toBe(same);
  });
});
