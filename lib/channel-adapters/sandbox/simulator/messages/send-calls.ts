import { randomUUID } from "node:crypto";
import { checkBody } from "../http/body-check.ts";
import { GatewayError, type GatewayRequest, type Reply } from "../http/replies.ts";
import { compact, type JsonObject, objectOr, textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { digitsOf, phoneJid } from "./addresses.ts";
import { type MediaKind, mediaContent, noise } from "./content.ts";
import { type Draft, sendTo } from "./send.ts";
import { mediaFile, plainFile, voiceFile } from "./send-media.ts";
import { SEND_RULES } from "./send-rules.ts";

type Send = (sim: Simulator, instance: Instance, request: GatewayRequest) => Promise<Reply>;

function numberOf(request: GatewayRequest): string {
  return textOr(request.body.number);
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(objectOr) : [];
}

/** A call that needs nothing but its body to make the message. */
function simple(
  name: keyof typeof SEND_RULES,
  draft: (body: JsonObject) => Pick<Draft, "message"> & Partial<Draft>,
): Send {
  return (sim, instance, request) => {
    checkBody(request.body, SEND_RULES[name]);
    return sendTo(sim, instance, request, numberOf(request), () => ({
      contextIn: "content",
      quotes: true,
      bubble: true,
      ...draft(request.body),
    }));
  };
}

const sendText: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendText);
  const text = textOr(request.body.text);
  if (text.trim() === "") throw new GatewayError(400, ["Text is required"]);
  return sendTo(sim, instance, request, numberOf(request), () => ({
    message: { conversation: text },
    contextIn: "data",
    quotes: true,
    bubble: true,
  }));
};

const sendMedia: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendMedia);
  const kind = textOr(request.body.mediatype);
  const wordOf: Record<string, MediaKind> = {
    image: "image",
    video: "video",
    document: "document",
    audio: "audio",
    ptv: "ptv",
  };
  return sendTo(sim, instance, request, numberOf(request), async () => {
    const file = await mediaFile(request, kind);
    const fields = compact({
      mimetype: file.mimeType,
      caption: textOr(request.body.caption) || undefined,
      fileName: kind === "document" ? file.fileName : undefined,
      gifPlayback: kind === "video" ? false : undefined,
    });
    const message = mediaContent(wordOf[kind] ?? "document", file.bytes, fields);
    return { message, file, contextIn: "content", quotes: true, bubble: true };
  });
};

const sendWhatsAppAudio: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendWhatsAppAudio);
  return sendTo(sim, instance, request, numberOf(request), async () => {
    const file = await voiceFile(request);
    const fields = compact({
      mimetype: file.mimeType,
      seconds: file.seconds,
      ptt: true,
      waveform: file.waveform,
    });
    return {
      message: mediaContent("audio", file.bytes, fields),
      file,
      contextIn: "content",
      quotes: false,
      bubble: true,
    };
  });
};

const sendSticker: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendSticker);
  return sendTo(sim, instance, request, numberOf(request), async () => {
    const file = await plainFile(request, "sticker", "image/webp");
    const message = mediaContent("sticker", file.bytes, { mimetype: file.mimeType });
    return { message, file, contextIn: "content", quotes: true, bubble: true };
  });
};

const sendPtv: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendPtv);
  return sendTo(sim, instance, request, numberOf(request), async () => {
    const file = await plainFile(request, "video", "video/mp4");
    const message = mediaContent("ptv", file.bytes, { mimetype: file.mimeType, gifPlayback: false });
    return { message, file, contextIn: "content", quotes: true, bubble: true };
  });
};

const sendLocation = simple("sendLocation", (body) => ({
  message: {
    locationMessage: {
      degreesLatitude: body.latitude,
      degreesLongitude: body.longitude,
      name: body.name,
      address: body.address,
    },
  },
}));

/** The card as the gateway writes it: without `wuid` the `waid` gets a whole jid in it. */
function cardOf(contact: JsonObject): JsonObject {
  const phone = textOr(contact.phoneNumber);
  const waid = textOr(contact.wuid) || phoneJid(digitsOf(phone));
  const name = textOr(contact.fullName);
  const lines = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `N:${name}`,
    `FN:${name}`,
    ...(contact.organization ? [`ORG:${contact.organization};`] : []),
    ...(contact.email ? [`EMAIL:${contact.email}`] : []),
    ...(contact.url ? [`URL:${contact.url}`] : []),
    `item1.TEL;waid=${waid}:${phone}`,
    "item1.X-ABLabel:Celular",
    "END:VCARD",
  ];
  return { displayName: name, vcard: lines.join("\n") };
}

const sendContact = simple("sendContact", (body) => {
  const cards = listOf(body.contact).map(cardOf);
  const first = cards[0];
  const message =
    cards.length === 1 && first
      ? { contactMessage: first }
      : { contactsArrayMessage: { contacts: cards, displayName: `${cards.length} contacts` } };
  return { message, quotes: false };
});

const sendPoll = simple("sendPoll", (body) => {
  const values = Array.isArray(body.values) ? body.values : [];
  return {
    message: {
      messageContextInfo: { messageSecret: noise(32) },
      pollCreationMessageV3: {
        name: body.name,
        selectableOptionsCount: body.selectableCount,
        options: values.map((optionName) => ({ optionName })),
      },
    },
    contextIn: "messageContextInfo",
  };
});

const sendButtons: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendButtons);
  const { body } = request;
  const buttons = listOf(body.buttons);
  const replies = buttons.filter((button) => button.type === "reply");
  if (replies.length > 3) throw new GatewayError(400, ["Maximum of 3 reply buttons allowed"]);
  if (replies.length > 0 && replies.length < buttons.length)
    throw new GatewayError(400, ["Reply buttons cannot be mixed with other button types"]);
  return sendTo(sim, instance, request, numberOf(request), () => ({
    message: {
      viewOnceMessage: {
        message: {
          interactiveMessage: compact({
            body: { text: `*${body.title}*${body.description ? `\n\n${body.description}\n` : ""}` },
            footer: body.footer ? { text: body.footer } : undefined,
            nativeFlowMessage: {
              buttons: buttons.map(nativeButton),
              messageParamsJson: JSON.stringify({ from: "api", templateId: randomUUID() }),
            },
          }),
        },
      },
    },
    contextIn: "nowhere",
    quotes: true,
    bubble: true,
    participant: true,
  }));
};

const BUTTON_NAMES: Record<string, string> = {
  reply: "quick_reply",
  copy: "cta_copy",
  url: "cta_url",
  call: "cta_call",
  pix: "payment_info",
};

function nativeButton(button: JsonObject): JsonObject {
  const params = compact({
    display_text: button.displayText,
    id: button.id,
    copy_code: button.copyCode,
    url: button.url,
    phone_number: button.phoneNumber,
  });
  return {
    name: BUTTON_NAMES[textOr(button.type)] ?? "quick_reply",
    buttonParamsJson: JSON.stringify(params),
  };
}

const sendReaction: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendReaction);
  const key = objectOr(request.body.key);
  const emoji = textOr(request.body.reaction);
  return sendTo(sim, instance, request, textOr(key.remoteJid), () => ({
    message: { reactionMessage: { text: emoji, key, senderTimestampMs: Date.now() } },
    contextIn: "nowhere",
    quotes: false,
    bubble: false,
    afterwards: (customer) => sim.phones.react(customer.business, textOr(key.id), "business", emoji),
  }));
};

const sendStatus: Send = (sim, instance, request) => {
  checkBody(request.body, SEND_RULES.sendStatus);
  const { body } = request;
  if (body.type === "text" && !body.backgroundColor)
    throw new GatewayError(400, ["Background color is required"]);
  if (body.type === "text" && !body.font) throw new GatewayError(400, ["Font is required"]);
  if (body.allContacts !== true && listOf(body.statusJidList).length === 0)
    throw new GatewayError(400, ["StatusJidList is required"]);
  return sendTo(sim, instance, request, "status@broadcast", () => ({
    message: { conversation: textOr(body.content) },
    contextIn: "nowhere",
    quotes: false,
    bubble: false,
  }));
};

/** Broken in 2.3.6 for every list (evolution CONTRACT section 7). */
const sendList: Send = async (_sim, _instance, request) => {
  checkBody(request.body, SEND_RULES.sendList);
  throw new GatewayError(400, ["TypeError: this.isZero is not a function"]);
};

const sendTemplate: Send = async (_sim, _instance, request) => {
  checkBody(request.body, SEND_RULES.sendTemplate);
  throw new GatewayError(500, "Method not available in the Baileys service");
};

export const SEND_CALLS: Record<string, Send> = {
  sendText,
  sendMedia,
  sendWhatsAppAudio,
  sendSticker,
  sendPtv,
  sendLocation,
  sendContact,
  sendPoll,
  sendButtons,
  sendReaction,
  sendStatus,
  sendList,
  sendTemplate,
};
