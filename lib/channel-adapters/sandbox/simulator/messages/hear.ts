import { randomBytes } from "node:crypto";
import { deviceOf, rowId } from "../ids.ts";
import { compact, isObject, type JsonObject, objectOr } from "../json.ts";
import type { Customer } from "../phones/phones.ts";
import type { Simulator } from "../simulator.ts";
import { upsertContact } from "../store/contacts.ts";
import type { Instance } from "../store/instances.ts";
import { findMedia } from "../store/media.ts";
import {
  addUpdate,
  findMessage,
  insertMessage,
  recordForm,
  replaceContent,
  type StoredMessage,
} from "../store/messages.ts";
import { emit, emitShuffled } from "../webhooks/emit.ts";
import { lidOf, phoneJid, pictureUrl } from "./addresses.ts";
import { long, messageTypeOf, noise, unpackContent } from "./content.ts";
import type { InboundItem, ProtocolItem } from "./inbound.ts";

/** The addresses of a one-to-one chat as the gateway names them (evolution CONTRACT section 14.2). */
export function chatAddress(customer: Customer): {
  remoteJid: string;
  remoteJidAlt?: string;
  addressingMode: string;
} {
  const phone = phoneJid(customer.phone);
  const lid = customer.lid ? `${customer.lid}@lid` : null;
  if (customer.addressing === "phone" || !lid)
    return { remoteJid: phone, ...(lid ? { remoteJidAlt: lid } : {}), addressingMode: "pn" };
  if (customer.addressing === "lid") return { remoteJid: lid, remoteJidAlt: phone, addressingMode: "lid" };
  return { remoteJid: lid, addressingMode: "lid" };
}

/** Device data that comes with many messages and means nothing to a reader. */
function deviceNoise(): JsonObject {
  return {
    deviceListMetadata: {
      senderKeyIndexes: [],
      recipientKeyIndexes: [],
      senderKeyHash: noise(10),
      senderTimestamp: long(1_760_000_000, true),
      recipientKeyHash: noise(10),
      recipientTimestamp: long(1_760_000_001, true),
    },
    deviceListMetadataVersion: 2,
    messageSecret: noise(32),
  };
}

/** The picture, inline, when the flag was on at the last connect; not for wrapped contents (section 13.3). */
function inlineMedia(
  sim: Simulator,
  instance: Instance,
  mediaId: string | null,
  message: JsonObject,
): JsonObject {
  if (!instance.inlineMedia || mediaId === null || messageTypeOf(message).startsWith("viewOnce")) return {};
  const media = findMedia(sim.db, mediaId);
  return media ? { base64: Buffer.from(media.bytes).toString("base64") } : {};
}

/** A new message comes in: it is stored, and about four webhooks leave in changing order (sections 11, 12). */
export function hearMessage(
  sim: Simulator,
  instance: Instance,
  item: Extract<InboundItem, { kind: "message" }>,
): void {
  if (!instance.ownerPhone) return;
  const customer = sim.phones.customer(instance.ownerPhone, item.phone);
  if (!item.fromPhone) sim.phones.advance(instance.ownerPhone, item.keyId, "delivered");
  if (instance.inboundClosed) return;
  const message = unpackContent(item.packed);
  const { remoteJid, remoteJidAlt, addressingMode } = chatAddress(customer);
  const key = compact({
    remoteJid,
    remoteJidAlt,
    fromMe: item.fromPhone,
    id: item.keyId,
    participant: "",
    addressingMode,
  });
  const stored: StoredMessage = {
    id: rowId(),
    instanceId: instance.id,
    key: { ...key, id: item.keyId, remoteJid, fromMe: item.fromPhone },
    pushName: item.fromPhone ? instance.profileName : customer.name,
    messageType: messageTypeOf(message),
    message: objectOr(recordForm(message)),
    contextInfo: item.context,
    timestamp: Math.floor(item.at / 1000),
    source: deviceOf(item.keyId),
    mediaId: item.mediaId,
  };
  if (!insertMessage(sim.db, stored)) return;
  const isText = stored.messageType === "conversation";
  const upsert = {
    key,
    pushName: stored.pushName,
    status: item.fromPhone ? "SERVER_ACK" : "DELIVERY_ACK",
    message: {
      ...message,
      ...inlineMedia(sim, instance, item.mediaId, message),
      ...(item.fromPhone || message.messageContextInfo ? {} : { messageContextInfo: deviceNoise() }),
    },
    ...(item.context ? { contextInfo: item.context } : isText ? {} : { contextInfo: null }),
    messageType: stored.messageType,
    messageTimestamp: stored.timestamp,
    instanceId: instance.id,
    source: stored.source,
  };
  emitShuffled(sim, instance, [
    ["chats.update", [{ remoteJid, instanceId: instance.id }]],
    ["messages.upsert", upsert],
    ...contactEvents(sim, instance, customer, remoteJid, item.fromPhone),
  ]);
  if (instance.settings.readMessages && !item.fromPhone)
    sim.phones.advance(customer.business, item.keyId, "read");
}

function contactEvents(
  sim: Simulator,
  instance: Instance,
  customer: Customer,
  remoteJid: string,
  fromPhone: boolean,
): [string, unknown][] {
  const picture = pictureUrl(sim.url(), customer.phone);
  const pushName = fromPhone ? "" : customer.name;
  const isNew = upsertContact(sim.db, instance.id, { remoteJid, pushName: pushName || null, picture });
  const person = compact({
    remoteJid,
    pushName: pushName ?? undefined,
    profilePicUrl: picture ?? undefined,
    instanceId: instance.id,
  });
  const { pushName: _name, ...nameless } = person;
  return [
    ...(isNew || !pushName ? [] : ([["contacts.update", [nameless]]] satisfies [string, unknown][])),
    [isNew ? "contacts.upsert" : "contacts.update", person],
  ];
}

function withText(message: JsonObject, changed: string): JsonObject {
  const type = messageTypeOf(message);
  const body = message[type];
  if (type !== "conversation" && type !== "extendedTextMessage" && isObject(body))
    return { [type]: { ...body, caption: changed } };
  return { conversation: changed };
}

/**
 * Everything that comes under `messages.edited`: edits, deletions and key sharing (rules 6 and 7). The key names
 * the chat from the editor's side, so our own number stands there when the customer edits (section 13.4).
 */
export function hearProtocol(sim: Simulator, instance: Instance, item: ProtocolItem): number | null {
  if (instance.inboundClosed || !instance.ownerPhone) return null;
  const ownJid = phoneJid(instance.ownerPhone);
  if (item.kind === "key_share")
    return emit(sim, instance, "messages.edited", {
      key: { remoteJid: ownJid, fromMe: true, id: "K" },
      type: "APP_STATE_SYNC_KEY_SHARE",
      appStateSyncKeyShare: { keys: [appStateKey()] },
    });
  const customer = sim.phones.customer(instance.ownerPhone, item.phone);
  const stored = findMessage(sim.db, instance.id, item.target);
  const editorsView = customer.addressing === "phone" ? ownJid : `${lidOf(instance.ownerPhone)}@lid`;
  const key = {
    remoteJid: item.fromPhone ? chatAddress(customer).remoteJid : editorsView,
    fromMe: true,
    id: item.target,
  };
  if (item.kind === "edit") {
    const edited = withText(stored?.message ?? {}, item.text);
    if (stored) {
      const isText = "conversation" in edited;
      replaceContent(sim.db, stored, {
        message: isText ? { extendedTextMessage: extendedText(item.text) } : edited,
        timestamp: Math.floor(item.at / 1000),
      });
      addUpdate(sim.db, stored, "EDITED");
    }
    const editedMessage = "conversation" in edited ? edited : captionOnly(edited);
    return emit(sim, instance, "messages.edited", {
      key,
      type: "MESSAGE_EDIT",
      editedMessage,
      timestampMs: String(item.at),
    });
  }
  if (stored) {
    replaceContent(sim.db, stored, { message: null });
    addUpdate(sim.db, stored, "DELETED");
    addUpdate(sim.db, stored, "EDITED");
  }
  const delivery = emit(sim, instance, "messages.edited", { key, type: "REVOKE" });
  if (stored) emit(sim, instance, "messages.delete", stored.key);
  return delivery;
}

/** After an edit the record holds the text un-flattened, with the first link it names (CONTRACT section 9.3). */
function extendedText(text: string): JsonObject {
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  return compact({ text, matchedText: link });
}

function captionOnly(edited: JsonObject): JsonObject {
  const type = messageTypeOf(edited);
  return { [type]: { caption: objectOr(edited[type]).caption } };
}

function appStateKey(): JsonObject {
  return {
    keyId: { keyId: randomBytes(6).toString("base64") },
    keyData: {
      keyData: randomBytes(32).toString("base64"),
      fingerprint: { rawId: 1, currentIndex: 1, deviceIndexes: [0] },
      timestamp: String(Math.floor(Date.now() / 1000)),
    },
  };
}
