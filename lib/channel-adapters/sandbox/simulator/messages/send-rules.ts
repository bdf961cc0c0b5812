import type { Rule } from "../http/body-check.ts";

const text: Rule = { type: "string" };
const delay: Rule = { type: "integer", description: "Enter a value in milliseconds" };

const common: Record<string, Rule> = {
  number: text,
  delay,
  linkPreview: { type: "boolean" },
  mentionsEveryOne: { type: "boolean" },
  mentioned: { type: "array", items: text },
};

function rule(required: readonly string[], properties: Record<string, Rule>): Rule {
  return { required: ["number", ...required], properties: { ...common, ...properties } };
}

const row: Rule = {
  type: "object",
  required: ["title", "rowId"],
  properties: { title: text, rowId: text, description: text },
};

/** Body rules of the send calls (evolution CONTRACT section 7 and the recorded refusals). */
export const SEND_RULES = {
  sendText: rule(["text"], { text }),
  sendMedia: rule(["mediatype"], {
    mediatype: { type: "string", enum: ["image", "document", "video", "audio", "ptv"] },
    mimetype: text,
    media: text,
    fileName: text,
    caption: text,
  }),
  sendWhatsAppAudio: rule([], { audio: text }),
  sendPtv: rule([], { video: text }),
  sendSticker: rule([], { sticker: text }),
  sendLocation: rule(["latitude", "longitude", "name", "address"], {
    latitude: { type: "number" },
    longitude: { type: "number" },
    name: { type: "string", minLength: 1, description: 'The "name" cannot be empty' },
    address: { type: "string", minLength: 1, description: 'The "address" cannot be empty' },
  }),
  sendContact: rule(["contact"], {
    contact: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["fullName", "phoneNumber"],
        properties: {
          fullName: text,
          phoneNumber: { type: "string", minLength: 10 },
          wuid: text,
          organization: text,
          email: text,
          url: text,
        },
      },
    },
  }),
  sendPoll: rule(["name", "selectableCount", "values"], {
    name: text,
    selectableCount: { type: "integer", minimum: 0, maximum: 10 },
    values: { type: "array", minItems: 2, maxItems: 10, uniqueItems: true, items: text },
  }),
  sendList: rule(["title", "footerText", "buttonText", "sections"], {
    title: text,
    footerText: text,
    buttonText: text,
    sections: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["title", "rows"],
        properties: { title: text, rows: { type: "array", minItems: 1, items: row } },
      },
    },
  }),
  sendButtons: rule(["title", "buttons"], {
    title: text,
    description: text,
    footer: text,
    thumbnailUrl: text,
    buttons: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: { type: { type: "string", enum: ["reply", "copy", "url", "call", "pix"] } },
      },
    },
  }),
  sendReaction: {
    required: ["key", "reaction"],
    properties: {
      key: {
        type: "object",
        required: ["id", "remoteJid", "fromMe"],
        properties: { id: text, remoteJid: text, fromMe: { type: "boolean" } },
      },
      reaction: text,
    },
  },
  sendTemplate: rule(["name", "language"], { name: text, language: text }),
  sendStatus: {
    required: ["type", "content"],
    properties: {
      type: { type: "string", enum: ["text", "image", "audio", "video"] },
      content: text,
      caption: text,
      backgroundColor: text,
      font: { type: "integer", minimum: 0, maximum: 5 },
      statusJidList: { type: "array", items: text },
      allContacts: { type: "boolean" },
    },
  },
} as const satisfies Record<string, Rule>;
