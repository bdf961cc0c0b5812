import { checkBody, type Rule } from "../http/body-check.ts";
import { created, GatewayError, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { messageId } from "../ids.ts";
import { isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import {
  addUpdate,
  findMessage,
  markDeleted,
  replaceContent,
  type StoredMessage,
} from "../store/messages.ts";
import { emit } from "../webhooks/emit.ts";
import { targetOf } from "./addresses.ts";
import { messageTypeOf } from "./content.ts";
import { requireLine } from "./send.ts";

const text: Rule = { type: "string" };
const KEY_RULE: Rule = {
  type: "object",
  required: ["id", "fromMe", "remoteJid"],
  properties: { id: text, fromMe: { type: "boolean" }, remoteJid: text },
};

/** The answer to an edit or a deletion: WhatsApp's protocol message, numbers as text. */
function protocolAnswer(key: JsonObject, protocolMessage: JsonObject): JsonObject {
  return {
    key: { remoteJid: key.remoteJid, fromMe: true, id: messageId.gateway() },
    message: { protocolMessage: { key, ...protocolMessage } },
    messageTimestamp: String(Math.floor(Date.now() / 1000)),
    status: "PENDING",
  };
}

function editable(stored: StoredMessage | null): stored is StoredMessage & { message: JsonObject } {
  if (!stored?.message) return false;
  const type = messageTypeOf(stored.message);
  return ["conversation", "extendedTextMessage", "imageMessage", "videoMessage"].includes(type);
}

/** Only texts and captions of images and videos; there is no check of age (evolution CONTRACT section 8). */
export async function updateMessage(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  checkBody(request.body, { required: ["number", "key"], properties: { number: text, key: KEY_RULE, text } });
  const changed = request.body.text;
  if (typeof changed !== "string")
    throw new GatewayError(500, "Cannot read properties of undefined (reading 'match')");
  const target = targetOf(textOr(request.body.number));
  await requireLine(sim, instance, target);
  const key = objectOr(request.body.key);
  const keyId = textOr(key.id);
  const stored = findMessage(sim.db, instance.id, keyId);
  if (!editable(stored)) throw new GatewayError(400, ["Message not compatible"]);
  if (stored.key.remoteJid !== target.jid) throw new GatewayError(400, ["RemoteJid does not match"]);
  const at = Date.now();
  const type = messageTypeOf(stored.message);
  const body = stored.message[type];
  const isText = type === "conversation" || type === "extendedTextMessage" || !isObject(body);
  const editedMessage = isText
    ? { extendedTextMessage: { text: changed } }
    : { [type]: { caption: changed } };
  const message = isText ? { conversation: changed } : { [type]: { ...body, caption: changed } };
  sim.db.write(() => {
    replaceContent(sim.db, stored, { message, timestamp: Math.floor(at / 1000) });
    addUpdate(sim.db, stored, "EDITED");
    if (instance.ownerPhone) editShown(sim, instance.ownerPhone, keyId, changed, at);
    const { remoteJid, fromMe, id } = stored.key;
    emit(sim, instance, "send.message.update", {
      key: { remoteJid, fromMe, id },
      editedMessage,
      timestampMs: at,
      type: 14,
    });
  });
  return ok(protocolAnswer(key, { type: "MESSAGE_EDIT", editedMessage, timestampMs: String(at) }));
}

/** The bubble gets the new text; bytes of a file stay what they are. */
export function editShown(
  sim: Simulator,
  business: string,
  keyId: string,
  changed: string,
  at: number,
): void {
  const shown = sim.phones.message(business, keyId);
  if (!shown || shown.deletedAt !== null) return;
  const type = messageTypeOf(shown.raw);
  const body = shown.raw[type];
  const isText = type === "conversation" || type === "extendedTextMessage" || !isObject(body);
  sim.phones.edit(
    business,
    keyId,
    isText ? { conversation: changed } : { ...shown.raw, [type]: { ...body, caption: changed } },
    at,
  );
}

/** "Succeeds" for unknown ids too; the webhook comes only when the message is stored (section 8). */
export async function deleteMessageForEveryone(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  checkBody(request.body, KEY_RULE);
  const { id, fromMe, remoteJid } = request.body;
  await requireLine(sim, instance, targetOf(textOr(remoteJid)));
  const stored = findMessage(sim.db, instance.id, textOr(id));
  sim.db.write(() => {
    if (!stored) return;
    markDeleted(sim.db, stored);
    addUpdate(sim.db, stored, "DELETED");
    if (instance.ownerPhone) sim.phones.remove(instance.ownerPhone, stored.key.id, Date.now());
    emit(sim, instance, "messages.delete", {
      id: stored.id,
      instanceId: instance.id,
      key: { id: stored.key.id, fromMe: stored.key.fromMe, deleted: true, remoteJid: stored.key.remoteJid },
      messageType: stored.messageType,
      status: "DELETED",
      source: stored.source,
      messageTimestamp: stored.timestamp,
      pushName: stored.pushName,
      participant: null,
      message: stored.message,
    });
  });
  return created(protocolAnswer({ remoteJid, fromMe, id }, { type: "REVOKE" }));
}
