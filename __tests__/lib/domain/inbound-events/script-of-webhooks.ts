/** One afternoon of webhooks as the gateway posts them (evolution CONTRACT sections 11 to 15), in the order they happened. */
const OWN = "51900000002@s.whatsapp.net";
const ANA = "51987654321@s.whatsapp.net";
const ROSA = { lid: "185820110777001@lid", phone: "51955511122@s.whatsapp.net" };
const START = 1_795_163_400;

export type Webhook = { event: string; data: unknown };

type Key = { remoteJid: string; remoteJidAlt?: string };

function upsert(
  key: Key,
  fromMe: boolean,
  id: string,
  at: number,
  message: object,
  more: object = {},
): Webhook {
  const data = {
    key: {
      ...key,
      fromMe,
      id,
      participant: "",
      addressingMode: key.remoteJid.endsWith("@lid") ? "lid" : "pn",
    },
    pushName: fromMe ? "Acme" : "Cliente",
    status: fromMe ? "SERVER_ACK" : "DELIVERY_ACK",
    message,
    messageType: Object.keys(message)[0],
    messageTimestamp: START + at,
    source: "android",
    ...more,
  };
  return { event: "messages.upsert", data };
}

const text = (key: Key, fromMe: boolean, id: string, at: number, words: string, more: object = {}) =>
  upsert(key, fromMe, id, at, { conversation: words }, more);

const quoting = (id: string, author: string, words: string) => ({
  contextInfo: { stanzaId: id, participant: author, quotedMessage: { conversation: words } },
});

function long(ms: number) {
  return { low: ms | 0, high: Math.floor(ms / 2 ** 32), unsigned: false };
}

function reaction(
  key: Key,
  id: string,
  at: number,
  target: { id: string; fromMe: boolean },
  emoji: string,
): Webhook {
  const message = {
    reactionMessage: {
      key: { remoteJid: key.remoteJid, ...target, participant: "" },
      text: emoji,
      senderTimestampMs: long((START + at) * 1000 + 250),
    },
  };
  return upsert(key, false, id, at, message);
}

function receipt(jid: string, fromMe: boolean, keyId: string, status: string): Webhook {
  const data = { keyId, remoteJid: jid, fromMe, status, messageId: `row-${keyId}` };
  return { event: "messages.update", data };
}

function edit(id: string, at: number, words: string, fromMe = true): Webhook {
  const data = {
    key: { remoteJid: fromMe ? OWN : ANA, fromMe, id },
    type: "MESSAGE_EDIT",
    editedMessage: { conversation: words },
    timestampMs: String((START + at) * 1000 + 457),
  };
  return { event: "messages.edited", data };
}

const revoke = (id: string): Webhook[] => [
  { event: "messages.edited", data: { key: { remoteJid: OWN, fromMe: true, id }, type: "REVOKE" } },
  { event: "messages.delete", data: { remoteJid: ANA, fromMe: false, id, participant: "" } },
];

/** The echo of a send through the gateway's API by another program, and the ticks it got. */
function sentElsewhere(id: string, at: number, words: string): Webhook[] {
  const data = {
    key: { remoteJid: ANA, fromMe: true, id },
    pushName: "Você",
    status: "PENDING",
    message: { conversation: words },
    messageType: "conversation",
    messageTimestamp: START + at,
    source: "unknown",
  };
  return [
    { event: "send.message", data },
    receipt(ANA, true, id, "SERVER_ACK"),
    receipt(ANA, true, id, "DELIVERY_ACK"),
    receipt(ANA, true, id, "READ"),
  ];
}

const ana: Key = { remoteJid: ANA };
const rosaLid: Key = { remoteJid: ROSA.lid };
const rosaBoth: Key = { remoteJid: ROSA.lid, remoteJidAlt: ROSA.phone };
const rosaPhone: Key = { remoteJid: ROSA.phone, remoteJidAlt: ROSA.lid };

export const SCRIPT: Webhook[] = [
  text(ana, false, "AC01", 1, "Hola"),
  text(ana, false, "AC02", 3, "¿tienen stock?"),
  text(ana, true, "3A01", 5, "sí, tenemos"),
  receipt(ANA, true, "3A01", "DELIVERY_ACK"),
  receipt(ANA, true, "3A01", "READ"),
  text(ana, false, "AC03", 8, "¿precio?", quoting("3A01", OWN, "sí, tenemos")),
  edit("AC03", 9, "¿precio con envío?"),
  edit("AC03", 10, "¿precio con envío a Lima?"),
  ...sentElsewhere("3EB001", 12, "120 soles"),
  reaction(ana, "AC04", 13, { id: "3EB001", fromMe: true }, "❤️"),
  reaction(ana, "AC05", 14, { id: "3EB001", fromMe: true }, "👍"),
  text(ana, false, "AC06", 16, "me equivoqué"),
  ...revoke("AC06"),
  text(ana, false, "AC07", 18, "ese quiero", quoting("AC02", ANA, "¿tienen stock?")),
  reaction(ana, "AC08", 19, { id: "3A01", fromMe: true }, "🙏"),
  reaction(ana, "AC09", 20, { id: "3A01", fromMe: true }, ""),
  ...sentElsewhere("3EB002", 22, "perfecto"),
  text(ana, false, "AC10", 25, "gracias"),
  edit("AC10", 26, "¡gracias!"),

  text(rosaLid, false, "AC51", 2, "Soy Rosa"),
  text(rosaLid, false, "AC52", 4, "¿abren hoy?"),
  receipt(ROSA.lid, false, "AC51", "READ"),
  reaction(rosaLid, "AC53", 5, { id: "AC52", fromMe: false }, "😂"),
  text(rosaPhone, true, "3A51", 7, "hasta las ocho"),
  receipt(ROSA.phone, true, "3A51", "DELIVERY_ACK"),
  reaction(rosaLid, "AC54", 8, { id: "3A51", fromMe: true }, "👍"),
  reaction(rosaPhone, "AC55", 9, { id: "3A51", fromMe: true }, "❤️"),
  text(rosaBoth, false, "AC56", 11, "voy"),
  text(rosaPhone, false, "AC57", 13, "llegué", quoting("3A51", OWN, "hasta las ocho")),
  receipt(ROSA.lid, false, "AC56", "READ"),
  text(rosaLid, false, "AC58", 15, "estoy afuera"),
];
