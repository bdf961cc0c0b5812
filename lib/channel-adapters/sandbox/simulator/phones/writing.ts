import type { WriteMessage } from "../../control-schema.ts";
import { messageId } from "../ids.ts";
import { compact, type JsonObject, objectOr } from "../json.ts";
import { phoneJid } from "../messages/addresses.ts";
import { editShown } from "../messages/change-calls.ts";
import { mediaContent, packContent, vcard } from "../messages/content.ts";
import { sniffAudio, sniffImage, typeByEnding } from "../messages/sniff.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { storeMedia } from "../store/media.ts";
import { recordForm } from "../store/messages.ts";
import type { Customer, Shown } from "./phones.ts";

type NewMessage = Exclude<WriteMessage, { type: "reaction" | "edit" | "delete" }>;
type File = { bytes: Uint8Array; mimeType: string; fileName: string };

const DEFAULT_FILES: Record<string, { mimeType: string; fileName: string }> = {
  image: { mimeType: "image/jpeg", fileName: "image.jpg" },
  video: { mimeType: "video/mp4", fileName: "video.mp4" },
  audio: { mimeType: "audio/mpeg", fileName: "audio.mp3" },
  voice: { mimeType: "audio/ogg; codecs=opus", fileName: "voice.ogg" },
  document: { mimeType: "application/octet-stream", fileName: "document" },
  sticker: { mimeType: "image/webp", fileName: "sticker.webp" },
};

function fileOf(input: Extract<NewMessage, { media: string }>): File {
  const bytes = new Uint8Array(Buffer.from(input.media, "base64"));
  const standard = DEFAULT_FILES[input.type] ?? { mimeType: "application/octet-stream", fileName: "file" };
  const byName = input.fileName ? typeByEnding(input.fileName) : null;
  const byBytes =
    input.type === "image" ? sniffImage(bytes) : input.type === "audio" ? sniffAudio(bytes) : null;
  return {
    bytes,
    mimeType: input.mimeType ?? byBytes ?? byName ?? standard.mimeType,
    fileName: input.fileName ?? standard.fileName,
  };
}

function mediaMessage(input: Extract<NewMessage, { media: string }>, file: File): JsonObject {
  const mimetype = file.mimeType;
  if (input.type === "voice") {
    const waveform = Uint8Array.from(input.waveform ?? [0, 10, 50, 90, 40, 5]);
    return mediaContent("audio", file.bytes, { mimetype, seconds: input.seconds ?? 5, ptt: true, waveform });
  }
  if (input.type === "audio")
    return mediaContent("audio", file.bytes, { mimetype, seconds: input.seconds ?? 30, ptt: false });
  if (input.type === "sticker")
    return mediaContent("sticker", file.bytes, {
      mimetype,
      height: 512,
      width: 512,
      isAnimated: input.animated ?? false,
    });
  const caption = input.text || undefined;
  if (input.type === "document") {
    const title = file.fileName.replace(/\.[^.]+$/, "");
    return mediaContent("document", file.bytes, { mimetype, title, fileName: file.fileName, caption });
  }
  if (input.type === "video")
    return mediaContent("video", file.bytes, {
      mimetype,
      seconds: input.seconds ?? 7,
      height: 720,
      width: 1280,
      caption,
    });
  const image = mediaContent("image", file.bytes, {
    mimetype,
    caption,
    viewOnce: input.viewOnce ? true : undefined,
  });
  return input.viewOnce ? { viewOnceMessageV2: { message: image } } : image;
}

function plainMessage(input: Exclude<NewMessage, { media: string }>): JsonObject {
  if (input.type === "text") return { conversation: input.text };
  if (input.type === "raw") return input.message;
  if (input.type === "location")
    return {
      locationMessage: compact({
        degreesLatitude: input.latitude,
        degreesLongitude: input.longitude,
        name: input.title,
        address: input.address,
      }),
    };
  if (input.type === "poll")
    return {
      pollCreationMessageV3: {
        options: input.options.map((optionName) => ({ optionName })),
        name: input.question,
        selectableOptionsCount: 1,
      },
    };
  const cards = input.contacts.map(vcard);
  return cards.length === 1 && cards[0]
    ? { contactMessage: cards[0] }
    : { contactsArrayMessage: { contacts: cards, displayName: `${cards.length} contactos` } };
}

/** Quote and forward marks; null when there is nothing to say (evolution CONTRACT section 13.2). */
function contextOf(sim: Simulator, customer: Customer, input: NewMessage): JsonObject | null {
  const quoted = input.quoted ? sim.phones.message(customer.business, input.quoted) : null;
  if (!input.quoted && !input.forwarded) return null;
  const author = quoted && quoted.via !== "customer" ? customer.business : customer.phone;
  return {
    mentionedJid: [],
    groupMentions: [],
    ...(input.quoted
      ? {
          stanzaId: input.quoted,
          participant: phoneJid(author),
          ...(quoted ? { quotedMessage: objectOr(recordForm(quoted.raw)) } : {}),
        }
      : {}),
    ...(input.forwarded ? { forwardingScore: 1, isForwarded: true } : {}),
  };
}

function putContext(message: JsonObject, context: JsonObject | null): JsonObject {
  const [type] = Object.keys(message);
  if (!context || !type || type === "conversation" || type.startsWith("viewOnce")) return message;
  return { ...message, [type]: { ...objectOr(message[type]), contextInfo: context } };
}

/** The target of a reaction, an edit or a deletion is not there, or not the writer's own. */
export class NoSuchMessage extends Error {}

function requireTarget(
  sim: Simulator,
  customer: Customer,
  id: string,
  ownOf: "customer" | "business" | null,
): Shown {
  const shown = sim.phones.message(customer.business, id);
  const isOwn = ownOf === null || (shown?.via === "customer") === (ownOf === "customer");
  if (!shown || shown.phone !== customer.phone || !isOwn) throw new NoSuchMessage(id);
  return shown;
}

/**
 * Somebody writes: the customer, or with `fromPhone` the owner on the business's own phone. WhatsApp has it at once;
 * the gateway hears of it when it listens. Answers the message it is about.
 */
export function write(
  sim: Simulator,
  instance: Instance,
  person: Customer,
  input: WriteMessage,
  fromPhone: boolean,
): Shown {
  const who = fromPhone ? "business" : "customer";
  const at = Date.now();
  const tell = { phone: person.phone, fromPhone, at };
  if (input.type === "reaction") {
    const target = requireTarget(sim, person, input.target, null);
    sim.phones.react(person.business, input.target, who, input.emoji);
    hearNew(sim, instance, person, {
      keyId: newId(fromPhone),
      fromPhone,
      at,
      message: reaction(person, target, input.emoji, fromPhone, at),
    });
    return requireTarget(sim, person, input.target, null);
  }
  if (input.type === "edit") {
    requireTarget(sim, person, input.target, who);
    editShown(sim, person.business, input.target, input.text, at);
    sim.inbound.receive(instance, { kind: "edit", target: input.target, text: input.text, ...tell });
    return requireTarget(sim, person, input.target, who);
  }
  if (input.type === "delete") {
    requireTarget(sim, person, input.target, who);
    sim.phones.remove(person.business, input.target, at);
    sim.inbound.receive(instance, { kind: "revoke", target: input.target, ...tell });
    return requireTarget(sim, person, input.target, who);
  }
  const customer = sim.phones.change(person, {
    name: fromPhone ? undefined : input.name,
    lid: input.lid,
    addressing: input.addressing,
  });
  return writeNew(sim, instance, customer, input, fromPhone, at);
}

function newId(fromPhone: boolean): string {
  return fromPhone ? messageId.iphone() : messageId.android();
}

function writeNew(
  sim: Simulator,
  instance: Instance,
  customer: Customer,
  input: NewMessage,
  fromPhone: boolean,
  at: number,
): Shown {
  const file = "media" in input ? fileOf(input) : null;
  const plain = "media" in input ? mediaMessage(input, file ?? fileOf(input)) : plainMessage(input);
  const context = contextOf(sim, customer, input);
  const message = putContext(plain, context);
  const mediaId = file ? storeMedia(sim.db, file) : null;
  const keyId = newId(fromPhone);
  const via = fromPhone ? "phone" : "customer";
  sim.phones.show({ customer, keyId, via, raw: plain, mediaId, quotedId: input.quoted ?? null, at });
  sim.phones.advance(customer.business, keyId, "sent");
  hearNew(sim, instance, customer, { keyId, fromPhone, at, message, context, mediaId });
  if (fromPhone && customer.online && !customer.blocked)
    sim.receipts.schedule(instance.id, keyId, "DELIVERY_ACK", sim.timings.deliveryAckMs);
  return requireTarget(sim, customer, keyId, null);
}

function hearNew(
  sim: Simulator,
  instance: Instance,
  customer: Customer,
  heard: {
    keyId: string;
    fromPhone: boolean;
    at: number;
    message: JsonObject;
    context?: JsonObject | null;
    mediaId?: string | null;
  },
): void {
  if (customer.blocked && !heard.fromPhone) return;
  sim.inbound.receive(instance, {
    kind: "message",
    phone: customer.phone,
    keyId: heard.keyId,
    fromPhone: heard.fromPhone,
    at: heard.at,
    packed: packContent(heard.message),
    context: heard.context ?? null,
    mediaId: heard.mediaId ?? null,
  });
}

function reaction(
  customer: Customer,
  target: Shown,
  emoji: string,
  fromPhone: boolean,
  at: number,
): JsonObject {
  const fromMe = target.via !== "customer";
  return {
    reactionMessage: {
      key: {
        remoteJid: phoneJid(customer.phone),
        fromMe,
        id: target.keyId,
        ...(fromPhone ? {} : { participant: "" }),
      },
      text: emoji,
      senderTimestampMs: { low: at | 0, high: Math.floor(at / 2 ** 32), unsigned: false },
    },
  };
}
