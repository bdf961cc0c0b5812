/**
 * What each recorded message must become, by hand from the plain readings in the index. Ids and times
 * come from the index itself; unless said otherwise a message is Ana's, to us, in a one-to-one chat.
 */
import type { Address, IncomingMessage, MessageContent } from "#lib/channel-adapters/contract.ts";

/** `undefined` takes back a default of the test. */
export type ExpectedMessage = { content: MessageContent } & {
  [K in Exclude<keyof IncomingMessage, "content">]?: IncomingMessage[K] | undefined;
};

export const phone = (id: string): Address => ({ kind: "phone", id });
export const lid = (id: string): Address => ({ kind: "lid", id });
export const group = (id: string): Address => ({ kind: "group", id: `${id}@g.us` });

export const ANA = phone("51987654321");
export const OURS = phone("51900000002");
const ROSA = [phone("51955511122"), lid("185820110777001")];
const VIP = [group("120363025246125486")];

const text = (value: string): MessageContent => ({ type: "text", text: value });
/** The reference to the bytes is checked apart; here it is left out on both sides. */
const file = (mimeType: string, sizeBytes?: number, more: object = {}) => ({
  ref: {},
  mimeType,
  ...(sizeBytes === undefined ? {} : { sizeBytes }),
  ...more,
});
const TINY = { width: 10, height: 10 };
const jpeg = (more: object = {}) => file("image/jpeg", 75, more);
const reply = (value: string, choiceId: string): MessageContent => ({
  type: "interactive",
  kind: "reply",
  text: value,
  choiceId,
});
const quoteOfOurs = (externalId: string, quoted?: string) => ({
  externalId,
  author: OURS,
  ...(quoted === undefined ? {} : { text: quoted, type: "text" as const }),
});
/** Typed on the phone by the owner. */
const own = { fromMe: true, name: undefined, status: "sent" as const };
/** Sent through the gateway's API. */
const api = { fromMe: true, viaApi: true, name: undefined };

const TEXTS: Record<string, ExpectedMessage> = {
  "messages.upsert.text": { content: text("Hola, ¿tienen stock? 👋") },
  "global.messages.upsert": { content: text("global") },
  "messages.upsert.text-no-name": {
    content: text("sin nombre"),
    chat: [phone("51911110002")],
    name: undefined,
  },
  "messages.upsert.text-lid": { content: text("Hola desde LID"), chat: ROSA, name: "Rosa" },
  "messages.upsert.text-lid-only": {
    content: text("LID sin teléfono"),
    chat: [lid("185820110777003")],
    name: "Sin número",
  },
  "messages.upsert.text-pn-with-lid": {
    content: text("Hola PN con lid"),
    chat: [phone("51955511133"), lid("185820110777002")],
    name: "Pedro",
  },
  "messages.upsert.text-quoted": {
    content: text("sí, de ese"),
    quoted: {
      externalId: "3EB0A7D8D3D19254492FA0",
      author: ANA,
      text: "Hola, ¿tienen stock? 👋",
      type: "text",
    },
  },
  "messages.upsert.text-link": { content: text("Miren https://example.com/p/1 por favor") },
  "messages.upsert.text-forwarded": { content: text("cadena"), forwarded: true },
  "messages.upsert.text-ad": {
    content: text("Vi su anuncio"),
    ad: {
      title: "Promo",
      body: "50% off",
      url: "https://fb.me/abc",
      sourceId: "120210",
      clickId: "ARAkLkA8rmlFeiCktEJQ",
    },
  },
  "messages.upsert.text-ephemeral": { content: text("se borra solo"), expiresAfterS: 604_800 },
  "messages.upsert.text-rtl-emoji": { content: text("مرحبا 👩‍👩‍👧‍👦 שלום \u202etxet\u202c 🇵🇪 fin") },
  "messages.upsert.offline": { content: text("llegó mientras estabas offline") },
  "messages.upsert.own-phone": { content: text("respuesta desde el celular"), ...own },
  "messages.upsert.own-phone-lid": { content: text("respuesta a LID"), chat: ROSA, ...own },
  "messages.upsert.self-note": { content: text("nota para mí"), chat: [OURS], ...own },
  // Sent by the gateway itself: not through the API, and no state yet.
  "messages.upsert.call-reject-text": { content: text("No atendemos llamadas"), ...own, status: undefined },
};

const MEDIA: Record<string, ExpectedMessage> = {
  "messages.upsert.image": {
    content: { type: "image", media: jpeg({ ...TINY, thumbnail: "dA==" }), text: "mira esto" },
  },
  "messages.upsert.image-no-base64": {
    content: { type: "image", media: jpeg({ ...TINY, thumbnail: "dGh1bWI=" }), text: "sin base64" },
  },
  "messages.upsert.image-s3": { content: { type: "image", media: jpeg(TINY), text: "con s3" } },
  "messages.upsert.image-gone": { content: { type: "image", media: jpeg(TINY) } },
  "messages.upsert.image-quoted": {
    content: { type: "image", media: jpeg(TINY) },
    quoted: quoteOfOurs("3EB0ORIG", "¿me mandas foto?"),
  },
  "messages.upsert.image-ephemeral": {
    content: { type: "image", media: jpeg(), text: "foto temporal" },
    expiresAfterS: 604_800,
  },
  "messages.upsert.image-view-once": {
    content: { type: "image", media: jpeg(), text: "una vez", viewOnce: true },
  },
  "messages.upsert.album-item": {
    content: { type: "image", media: jpeg() },
    albumId: "ACALBUM0000000000000000000000001",
  },
  "messages.upsert.own-phone-image": {
    content: { type: "image", media: jpeg(), text: "desde mi celular" },
    ...own,
  },
  "messages.upsert.video": {
    content: {
      type: "video",
      media: file("video/mp4", 14, { durationS: 7, width: 1280, height: 720 }),
      text: "video",
    },
  },
  "messages.upsert.gif": {
    content: { type: "video", media: file("video/mp4", 8, { durationS: 3 }), gif: true },
  },
  "messages.upsert.video-note": {
    content: { type: "video", media: file("video/mp4", 8, { durationS: 4 }), round: true },
  },
  "messages.upsert.audio": { content: { type: "audio", media: file("audio/mpeg", 8, { durationS: 120 }) } },
  "messages.upsert.voice": {
    content: {
      type: "voice",
      media: file("audio/ogg; codecs=opus", 14, { durationS: 5, waveform: [0, 10, 50, 90, 40, 5] }),
    },
  },
  "messages.upsert.document": {
    content: { type: "document", media: file("application/pdf", 13, { fileName: "Factura 001.pdf" }) },
  },
  "messages.upsert.document-s3": {
    content: { type: "document", media: file("application/pdf", 4, { fileName: "Factura 001.pdf" }) },
  },
  "messages.upsert.document-caption": {
    content: {
      type: "document",
      media: file("application/pdf", 13, { fileName: "Contrato.pdf" }),
      text: "Firma por favor",
    },
    quoted: quoteOfOurs("3EB0Q1", "envía el contrato"),
  },
  "messages.upsert.sticker": {
    content: { type: "sticker", media: file("image/webp", 12, { width: 512, height: 512 }) },
  },
  "messages.upsert.sticker-lottie": {
    content: { type: "sticker", media: file("application/was", 4), animated: true },
  },
};

const OTHER: Record<string, ExpectedMessage> = {
  "messages.upsert.location": {
    content: {
      type: "location",
      latitude: -12.1211,
      longitude: -77.0297,
      name: "Parque Kennedy",
      address: "Miraflores, Lima",
    },
  },
  "messages.upsert.live-location": {
    content: { type: "location", latitude: -12.1211, longitude: -77.0297, text: "voy llegando", live: true },
  },
  "messages.upsert.contact": {
    content: { type: "contacts", contacts: [{ name: "Luis Rojas", phones: ["+51 955 555 555"] }] },
  },
  "messages.upsert.contacts": {
    content: {
      type: "contacts",
      contacts: [
        { name: "Uno", phones: ["+51 911 111 111"] },
        { name: "Dos", phones: ["+51 922 222 222"] },
      ],
    },
  },
  "messages.upsert.poll": {
    content: { type: "poll", question: "¿Qué día?", options: ["Lunes", "Martes"], selectableCount: 1 },
  },
  "messages.upsert.buttons-response": {
    content: reply("Sí", "yes"),
    quoted: quoteOfOurs("3EB0BTN", "¿Confirmas?"),
  },
  "messages.upsert.list-response": {
    content: reply("Precios", "r1"),
    quoted: quoteOfOurs("3EB0LST", "Menú"),
  },
  "messages.upsert.template-button-reply": {
    content: reply("Quiero saber más", "opt-1"),
    quoted: quoteOfOurs("3EB0TPL"),
  },
  "messages.upsert.interactive-response": { content: reply("Sí", "yes"), quoted: quoteOfOurs("3EB0INT") },
  "messages.upsert.template": {
    content: {
      type: "interactive",
      kind: "template",
      text: "Su pedido fue enviado",
      title: "Courier",
      options: [{ id: "Rastrear", title: "Rastrear", description: "https://c.pe/1" }],
    },
  },
  "messages.upsert.buttons": {
    content: {
      type: "interactive",
      kind: "buttons",
      text: "Elige",
      footer: "Acme",
      options: [{ id: "1", title: "Uno" }],
    },
  },
  "messages.upsert.interactive": {
    content: {
      type: "interactive",
      kind: "buttons",
      text: "Mira esto",
      title: "Promo",
      footer: "pie",
      options: [{ id: "Ver", title: "Ver", description: "https://c.pe" }],
    },
  },
  "messages.upsert.order": {
    content: { type: "interactive", kind: "order", text: "Quiero esto", title: "Acme", footer: "PEN 25.00" },
  },
  "messages.upsert.product": {
    content: {
      type: "interactive",
      kind: "product",
      text: "Zapatilla",
      footer: "PEN 199.90",
      options: [{ id: "777", title: "Zapatilla", description: "Talla 42" }],
    },
  },
  "messages.upsert.group-invite": {
    content: { type: "interactive", kind: "invite", text: "Únete", title: "Clientes" },
  },
  "messages.upsert.event": {
    content: {
      type: "interactive",
      kind: "event",
      text: "Reunión",
      footer: "demo",
      options: [{ id: "start", title: "2025-10-15T03:46:40.000Z" }],
    },
  },
  "messages.upsert.album": { content: { type: "system", event: "album" } },
  "messages.upsert.pin": { content: { type: "system", event: "message_pinned" } },
  "messages.upsert.empty": { content: { type: "unsupported", reason: "empty" } },
  "messages.upsert.context-only": { content: { type: "unsupported", reason: "empty" } },
};

const GROUPS: Record<string, ExpectedMessage> = {
  "messages.upsert.group-text": {
    content: text("hola grupo"),
    chat: VIP,
    author: { addresses: [ANA], name: "Ana Pérez" },
    name: undefined,
  },
  "messages.upsert.group-mention": {
    content: text("@51900000002 ayuda"),
    chat: VIP,
    author: { addresses: [ANA], name: "Ana Pérez" },
    mentions: [OURS],
    name: undefined,
  },
  "messages.upsert.group-lid": {
    content: text("hola grupo lid"),
    chat: [group("120363099990000001")],
    author: { addresses: ROSA, name: "Rosa" },
    name: undefined,
  },
  "messages.upsert.group-own-phone": {
    content: text("respondo desde mi celular"),
    chat: VIP,
    author: { addresses: [OURS] },
    ...own,
  },
};

const SENDS: Record<string, ExpectedMessage> = {
  "send.message.text": { content: text("Hola Ana, ¿en qué te ayudo? 😊"), ...api },
  "send.message.quoted": {
    content: text("respondo a eso 2"),
    quoted: {
      externalId: "AC0000000000000000000000000000AA",
      author: ANA,
      text: "texto citado",
      type: "text",
    },
    ...api,
  },
  "send.message.group": { content: text("hola grupo @51987654321"), chat: VIP, mentions: [ANA], ...api },
  "send.message.lid": { content: text("por lid"), chat: [lid("185820110777001")], ...api },
  "send.message.image": {
    content: { type: "image", media: file("image/png", 270, { ...TINY, thumbnail: "/9j/" }), text: "foto" },
    ...api,
  },
  "send.message.document": {
    content: {
      type: "document",
      media: file("application/pdf", 13, { fileName: "factura.pdf" }),
      text: "Factura",
    },
    ...api,
  },
  "send.message.voice": {
    content: { type: "voice", media: file("audio/ogg; codecs=opus", 16_844, { durationS: 1, waveform: 64 }) },
    ...api,
  },
  "send.message.sticker": { content: { type: "sticker", media: file("image/webp", 68) }, ...api },
  "send.message.location": {
    content: {
      type: "location",
      latitude: -12.0464,
      longitude: -77.0428,
      name: "Plaza Mayor",
      address: "Lima",
    },
    quoted: { externalId: "AC1", text: "¿dónde?", type: "text" },
    ...api,
  },
  "send.message.contact": {
    content: {
      type: "contacts",
      contacts: [
        { name: "Soporte Acme", phones: ["+51 911 111 111"], emails: ["a@acme.pe"], organization: "Acme" },
      ],
    },
    ...api,
  },
  "send.message.poll": {
    content: { type: "poll", question: "¿Qué día?", options: ["Lunes", "Martes"], selectableCount: 1 },
    ...api,
  },
  "send.message.buttons": {
    content: {
      type: "interactive",
      kind: "buttons",
      text: "*¿Confirmas?*\n\nCita 10am\n",
      footer: "Acme",
      options: [
        { id: "yes", title: "Sí" },
        { id: "no", title: "No" },
      ],
    },
    ...api,
  },
};

/** Cloud numbers behind a gateway: not our way, but they must be read without harm. */
const CLOUD: Record<string, ExpectedMessage> = {
  "cloud.messages.upsert.text": { content: text("Hola, quiero info 👋") },
  "cloud.messages.upsert.text-quoted": {
    content: text("sí, ese"),
    quoted: { externalId: "wamid.HBgLNTE5ODc2NTQzMjEVAgARGBI=" },
  },
  "cloud.messages.upsert.image": { content: { type: "image", media: file("image/jpeg"), text: "mira esto" } },
  "cloud.messages.upsert.image-s3": {
    content: { type: "image", media: file("image/jpeg"), text: "mira" },
    name: "Ana",
  },
  "cloud.messages.upsert.video": { content: { type: "video", media: file("video/mp4"), text: "vid" } },
  "cloud.messages.upsert.voice": { content: { type: "voice", media: file("audio/ogg; codecs=opus") } },
  "cloud.messages.upsert.document": {
    content: {
      type: "document",
      media: file("application/pdf", undefined, { fileName: "contrato.pdf" }),
      text: "contrato",
    },
  },
  "cloud.messages.upsert.sticker": { content: { type: "sticker", media: file("image/webp") } },
  "cloud.messages.upsert.location": {
    content: {
      type: "location",
      latitude: -12.12,
      longitude: -77.03,
      name: "Parque Kennedy",
      address: "Miraflores",
    },
  },
  "cloud.messages.upsert.contact": {
    content: { type: "contacts", contacts: [{ name: "Luis Rojas", phones: ["+51 955 555 555"] }] },
  },
  "cloud.messages.upsert.button": { content: text("Sí, confirmo"), quoted: { externalId: "wamid.HBgLTPL=" } },
  "cloud.messages.upsert.interactive-button": {
    content: text("Sí"),
    quoted: { externalId: "wamid.HBgLBTN=" },
  },
  "cloud.messages.upsert.interactive-list": {
    content: text("Precios"),
    quoted: { externalId: "wamid.HBgLLST=" },
  },
  "cloud.messages.upsert.no-name": { content: text("sin contacts"), name: undefined },
  "cloud.send.message.text": { content: text("Hola, ¿en qué te ayudamos? 😊"), ...api },
};

export const EXPECTED_MESSAGES: Record<string, ExpectedMessage> = {
  ...TEXTS,
  ...MEDIA,
  ...OTHER,
  ...GROUPS,
  ...SENDS,
  ...CLOUD,
};
