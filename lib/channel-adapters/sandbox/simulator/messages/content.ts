import { createHash, randomBytes } from "node:crypto";
import type { ShownContent } from "../../control-schema.ts";
import { compact, isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import { imageSize } from "./sniff.ts";

/**
 * WhatsApp message contents as the gateway prints them. Bytes are `Uint8Array`, which JSON prints as the byte
 * maps of webhooks (evolution CONTRACT section 13.1); `recordForm` makes the base64 text of records.
 */

const TINY_JPEG = new Uint8Array(
  Buffer.from(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
    "base64",
  ),
);

/** A 64 bit number as the gateway prints it. */
export function long(value: number, unsigned: boolean): JsonObject {
  return { low: value | 0, high: Math.floor(value / 2 ** 32), unsigned };
}

export function longValue(value: unknown): number {
  if (typeof value === "number") return value;
  if (!isObject(value)) return Number(value ?? 0);
  return Number(value.high) * 2 ** 32 + (Number(value.low) >>> 0);
}

/** Random bytes that JSON prints as a byte map (a `Buffer` has a print of its own). */
export function noise(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}

function sha256(...parts: (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export type MediaKind = "image" | "video" | "ptv" | "audio" | "document" | "sticker";

/** Empty lists the library adds to every content of the kind. */
const NOISE: Record<MediaKind, JsonObject> = {
  image: { interactiveAnnotations: [], scanLengths: [], annotations: [] },
  video: { interactiveAnnotations: [], annotations: [], processedVideos: [] },
  ptv: { interactiveAnnotations: [], annotations: [], processedVideos: [] },
  audio: {},
  document: {},
  sticker: {},
};

function encryptedFile(kind: MediaKind, bytes: Uint8Array, path: string): JsonObject {
  return {
    url: `https://mmg.whatsapp.net${path}`,
    fileSha256: sha256(bytes),
    fileLength: long(bytes.length, true),
    mediaKey: noise(32),
    fileEncSha256: sha256(bytes, "enc"),
    directPath: path,
    mediaKeyTimestamp: long(Math.floor(Date.now() / 1000), false),
    ...NOISE[kind],
  };
}

/** The content of a file message; `fields` are those of the kind (caption, seconds, ptt, fileName…). */
export function mediaContent(kind: MediaKind, bytes: Uint8Array, fields: JsonObject): JsonObject {
  const folder = kind === "sticker" ? "image" : kind === "ptv" ? "video" : kind;
  const path = `/v/up/mms/${folder}/${randomBytes(32).toString("base64url")}?ccb=11-4`;
  const size = kind === "image" ? imageSize(bytes) : null;
  return {
    [`${kind}Message`]: compact({
      ...encryptedFile(kind, bytes, path),
      ...(size ?? {}),
      ...(kind === "image" ? { jpegThumbnail: TINY_JPEG } : {}),
      ...fields,
    }),
  };
}

/** The first key of the content that is not mere context (evolution CONTRACT section 13.1). */
export function messageTypeOf(message: JsonObject): string {
  return Object.keys(message).find((key) => key !== "messageContextInfo" && key !== "base64") ?? "unknown";
}

const WRAPPERS = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "lottieStickerMessage",
  "editedMessage",
  "deviceSentMessage",
];

export function unwrap(message: JsonObject): JsonObject {
  let inner = message;
  for (let depth = 0; depth < 5; depth += 1) {
    const wrapper = WRAPPERS.find((name) => isObject(inner[name]));
    const next = wrapper ? objectOr(inner[wrapper]).message : undefined;
    if (!isObject(next)) return inner;
    inner = next;
  }
  return inner;
}

export function vcard(contact: { name: string; phones: readonly string[] }): JsonObject {
  const phones = contact.phones.map((phone) => `TEL;type=CELL;waid=${phone.replaceAll(/\D/g, "")}:${phone}`);
  return {
    displayName: contact.name,
    vcard: [
      "BEGIN:VCARD",
      "VERSION:3.0",
      `N:;${contact.name};;;`,
      `FN:${contact.name}`,
      ...phones,
      "END:VCARD",
    ].join("\n"),
  };
}

function contactOf(card: JsonObject): { name: string; phones: string[] } {
  const phones = [...textOr(card.vcard).matchAll(/TEL[^:\n]*:([^\n\r]+)/g)].map((match) => match[1] ?? "");
  return { name: textOr(card.displayName), phones };
}

const NAMES: Record<string, string> = {
  imageMessage: "image",
  videoMessage: "video",
  ptvMessage: "video",
  documentMessage: "document",
  stickerMessage: "sticker",
};

/** What a phone shows of a content. */
export function shownContent(message: JsonObject): ShownContent {
  const inner = unwrap(message);
  const type = messageTypeOf(inner);
  const body = objectOr(inner[type]);
  const seconds = typeof body.seconds === "number" ? { seconds: body.seconds } : {};
  const caption = typeof body.caption === "string" ? body.caption : null;
  if (type === "conversation") return { type: "text", text: textOr(inner.conversation) };
  if (type === "extendedTextMessage") return { type: "text", text: textOr(body.text) };
  if (type === "audioMessage") return { type: body.ptt === true ? "voice" : "audio", text: null, ...seconds };
  if (type === "locationMessage" || type === "liveLocationMessage")
    return {
      type: "location",
      text: caption,
      location: {
        latitude: Number(body.degreesLatitude),
        longitude: Number(body.degreesLongitude),
        ...(typeof body.name === "string" ? { name: body.name } : {}),
        ...(typeof body.address === "string" ? { address: body.address } : {}),
      },
    };
  if (type === "contactMessage") return { type: "contacts", text: null, contacts: [contactOf(body)] };
  if (type === "contactsArrayMessage") {
    const cards = Array.isArray(body.contacts) ? body.contacts : [];
    return { type: "contacts", text: null, contacts: cards.map((card) => contactOf(objectOr(card))) };
  }
  if (type.startsWith("pollCreationMessage")) {
    const options = Array.isArray(body.options) ? body.options : [];
    return {
      type: "poll",
      text: textOr(body.name),
      options: options.map((option) => textOr(objectOr(option).optionName)),
    };
  }
  if (type === "interactiveMessage")
    return { type: "interactive", text: textOr(objectOr(body.body).text), options: buttonsOf(body) };
  return { type: NAMES[type] ?? type, text: caption, ...seconds };
}

function buttonsOf(interactive: JsonObject): string[] {
  const buttons = objectOr(interactive.nativeFlowMessage).buttons;
  if (!Array.isArray(buttons)) return [];
  return buttons.map((button) => {
    const params: unknown = JSON.parse(textOr(objectOr(button).buttonParamsJson, "{}"));
    return textOr(objectOr(params).display_text);
  });
}

/** Contents kept on disk in a form from which both prints of the bytes can be made again. */
export function packContent(message: JsonObject): string {
  return JSON.stringify(tagBytes(message));
}

function tagBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(tagBytes);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, tagBytes(field)]));
}

export function unpackContent(packed: string): JsonObject {
  const value: unknown = JSON.parse(packed, (_name, field: unknown) =>
    isObject(field) && typeof field.$bytes === "string"
      ? new Uint8Array(Buffer.from(field.$bytes, "base64"))
      : field,
  );
  return objectOr(value);
}
