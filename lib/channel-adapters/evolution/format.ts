/** Our messages -> the gateway's calls (CONTRACT §7). Pure. */
import type {
  ContactCard,
  OutgoingContent,
  OutgoingMedia,
  OutgoingMessage,
} from "#lib/channel-adapters/contract.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { toJid } from "./addresses.ts";
import { defined } from "./defined.ts";
import { fileNameFor } from "./file-names.ts";

export type SendCall = { path: string; body: Record<string, unknown>; timeoutMs: number };

type ContentCall = { path: string; body: Record<string, unknown>; media?: OutgoingMedia };

/** The gateway waits up to 60 s for a lookup at WhatsApp, 120 s for groups (§3). */
const PERSON_TIMEOUT_MS = 75_000;
const GROUP_TIMEOUT_MS = 130_000;
const UPLOAD_BYTES_PER_MS = 256;

export function formatSend(message: OutgoingMessage): SendCall {
  const number = toJid(message.to);
  const { path, body, media } = formatContent(message.content, number);
  const quoted = message.content.type === "reaction" ? undefined : formatQuote(message, number);
  const wait = message.to.kind === "group" ? GROUP_TIMEOUT_MS : PERSON_TIMEOUT_MS;
  return {
    path: `message/${path}`,
    body: defined({ ...body, quoted }),
    timeoutMs: wait + Math.ceil((media?.bytes.byteLength ?? 0) / UPLOAD_BYTES_PER_MS),
  };
}

function formatContent(content: OutgoingContent, number: string): ContentCall {
  switch (content.type) {
    case "text":
      // With the preview the gateway fetches every https link of the text itself (§18 D).
      return { path: "sendText", body: { number, text: content.text, linkPreview: false } };
    case "image":
    case "video":
    case "document":
      return mediaCall(number, content.type, content.media, content.text);
    case "audio":
      return mediaCall(number, "audio", content.media);
    case "voice":
      return {
        path: "sendWhatsAppAudio",
        body: { number, audio: voiceBase64(content.media) },
        media: content.media,
      };
    case "sticker":
      return { path: "sendSticker", body: { number, sticker: base64(content.media) }, media: content.media };
    case "location":
      return { path: "sendLocation", body: { number, ...place(content) } };
    case "contacts":
      return { path: "sendContact", body: { number, contact: content.contacts.map(contactCard) } };
    case "poll":
      return {
        path: "sendPoll",
        body: {
          number,
          name: content.question,
          selectableCount: content.selectableCount,
          values: content.options,
        },
      };
    case "reaction": {
      const key = { id: content.targetExternalId, remoteJid: number, fromMe: content.targetFromMe };
      return { path: "sendReaction", body: { key, reaction: content.emoji ?? "" } };
    }
  }
}

/** Files go as bytes: a URL would be fetched by the gateway from wherever it points (§18 D). */
function mediaCall(number: string, mediatype: string, media: OutgoingMedia, text?: string): ContentCall {
  const fileName = fileNameFor(media);
  const body = { number, mediatype, mimetype: media.mimeType, media: base64(media), fileName };
  return { path: "sendMedia", body: defined({ ...body, caption: text || undefined }), media };
}

function base64(media: OutgoingMedia): string {
  const { buffer, byteOffset, byteLength } = media.bytes;
  if (byteLength === 0) throw new AppError("media_rejected", { detail: "the file is empty" });
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** What is no sound would become an empty voice note, with an answer that looks like success (§7). */
function voiceBase64(media: OutgoingMedia): string {
  const sound = /^audio\/|^application\/ogg$|^video\/(webm|mp4|ogg)$/i.test(media.mimeType);
  if (!sound) throw new AppError("media_rejected", { detail: "not a sound" });
  return base64(media);
}

/** All four are required, and none may be empty. */
function place(content: { latitude: number; longitude: number; name: string; address: string }) {
  const coordinates = `${content.latitude}, ${content.longitude}`;
  return {
    latitude: content.latitude,
    longitude: content.longitude,
    name: content.name.trim() || content.address.trim() || coordinates,
    address: content.address.trim() || coordinates,
  };
}

/** One number per card; without `wuid` the card would hold a whole id where its digits belong. */
function contactCard(card: ContactCard): Record<string, string> {
  const phoneNumber = card.phones.find((phone) => phone.replace(/\D/g, "").length >= 5);
  if (!phoneNumber) throw new AppError("message_refused", { detail: "a contact card needs a phone number" });
  return defined({
    fullName: card.name,
    phoneNumber,
    wuid: phoneNumber.replace(/\D/g, ""),
    organization: card.organization,
    email: card.emails?.[0],
  });
}

/**
 * With `message` the quote is used as given, and its author is read from the whole key; without one the
 * gateway looks it up among its stored messages, which is all there is for quotes without a text.
 */
function formatQuote(message: OutgoingMessage, number: string) {
  const { quoted } = message;
  if (!quoted) return undefined;
  const participant = message.to.kind === "group" && quoted.author ? toJid(quoted.author) : undefined;
  const key = defined({ id: quoted.externalId, remoteJid: number, fromMe: quoted.fromMe, participant });
  return defined({ key, message: quoted.text ? { conversation: quoted.text } : undefined });
}
