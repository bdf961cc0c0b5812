/** A message's content: WhatsApp's forty kinds to ours (CONTRACT §13). */
import type { MessageContent } from "#lib/channel-adapters/contract.ts";
import { defined } from "./defined.ts";
import { readInteractive } from "./interactive.ts";
import { readMedia } from "./media.ts";
import * as shape from "./payloads.ts";
import { readContactCard } from "./vcard.ts";
import { type JsonObject, read, readAll, storable } from "./wire-values.ts";

export type ContentSource = { key: JsonObject; type: string | undefined; value: unknown; viewOnce: boolean };

/** Never throws: what is not understood comes back as `unsupported` with WhatsApp's own name for it. */
export function readContent(source: ContentSource): MessageContent {
  const { type, value } = source;
  // A kind that the gateway's library does not know yet arrives without content: say that it was there.
  if (type === undefined) return { type: "unsupported", reason: "empty" };
  const content =
    readText(type, value) ??
    readMedia({ ...source, type }) ??
    readPlace(type, value) ??
    readContacts(type, value) ??
    readPoll(type, value) ??
    readInteractive(type, value) ??
    readSystem(type, value);
  return content ?? unsupported(type, value);
}

function readText(type: string, value: unknown): MessageContent | undefined {
  if (type === "conversation") {
    const text = read(shape.TextContent, { text: value })?.text;
    return text === undefined ? undefined : { type: "text", text };
  }
  if (type !== "extendedTextMessage") return undefined;
  const text = read(shape.TextContent, value)?.text;
  return text === undefined ? undefined : { type: "text", text };
}

function readPlace(type: string, value: unknown): MessageContent | undefined {
  if (type !== "locationMessage" && type !== "liveLocationMessage") return undefined;
  const place = read(shape.LocationContent, value);
  const latitude = place?.degreesLatitude;
  const longitude = place?.degreesLongitude;
  if (!place || latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return defined({
    type: "location",
    latitude,
    longitude,
    name: place.name,
    address: place.address,
    text: place.caption,
    live: type === "liveLocationMessage" || undefined,
  });
}

function readContacts(type: string, value: unknown): MessageContent | undefined {
  const cards =
    type === "contactMessage"
      ? [value]
      : type === "contactsArrayMessage"
        ? (read(shape.ContactsContent, value)?.contacts ?? [])
        : [];
  const contacts = cards.flatMap((card) => readContactCard(card) ?? []);
  return contacts.length > 0 ? { type: "contacts", contacts } : undefined;
}

function readPoll(type: string, value: unknown): MessageContent | undefined {
  if (!/^pollCreationMessage(V\d+)?$/.test(type)) return undefined;
  const poll = read(shape.PollContent, value);
  if (!poll) return undefined;
  const options = readAll(shape.PollOption, poll.options).flatMap((option) => option.optionName ?? []);
  return {
    type: "poll",
    question: poll.name ?? "",
    options,
    // 0 stands for "as many as you like".
    selectableCount: poll.selectableOptionsCount || options.length,
  };
}

function readSystem(type: string, value: unknown): MessageContent | undefined {
  const pin = read(shape.PinContent, value);
  if (type === "albumMessage") return { type: "system", event: "album" };
  if (type === "pinInChatMessage") {
    const undone = pin?.type === 2 || pin?.type === "UNPIN_FOR_ALL";
    return { type: "system", event: undone ? "message_unpinned" : "message_pinned" };
  }
  if (type === "keepInChatMessage") {
    const undone = pin?.keepType === 2 || pin?.keepType === "UNDO_KEEP_FOR_ALL";
    return { type: "system", event: undone ? "message_unkept" : "message_kept" };
  }
  return undefined;
}

function unsupported(type: string, value: unknown): MessageContent {
  const known = read(shape.CaptionedContent, value);
  return defined({
    type: "unsupported",
    reason: storable(type.slice(0, 100)),
    text: known?.text ?? known?.caption,
  });
}

/** What a quote shows of a content. */
export function contentText(content: MessageContent): string | undefined {
  switch (content.type) {
    case "audio":
    case "voice":
    case "sticker":
      return undefined;
    case "contacts":
      return content.contacts[0]?.name;
    case "poll":
      return content.question;
    case "location":
      return content.text ?? content.name;
    default:
      return content.text;
  }
}
