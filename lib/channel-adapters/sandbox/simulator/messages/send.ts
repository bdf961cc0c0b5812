import { findGroup } from "../groups/groups.ts";
import { CutConnection, GatewayError, type GatewayRequest, type Reply } from "../http/replies.ts";
import { deviceOf, messageId, rowId } from "../ids.ts";
import { isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import type { Customer } from "../phones/phones.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { storeMedia } from "../store/media.ts";
import { findMessage, insertMessage, recordForm, type StoredMessage } from "../store/messages.ts";
import { emit } from "../webhooks/emit.ts";
import { digitsOf, phoneJid, SPECIAL_PHONES, type Target, targetOf } from "./addresses.ts";
import { long, messageTypeOf } from "./content.ts";
import type { SendFile } from "./send-media.ts";

/** What one kind of send makes of its request. */
export type Draft = {
  message: JsonObject;
  file?: SendFile;
  /** Where the context (quote, mentions, timer) stands beside `data.contextInfo`. */
  contextIn: "content" | "messageContextInfo" | "data" | "nowhere";
  quotes: boolean;
  /** Reactions and status posts make no bubble. */
  bubble: boolean;
  participant?: boolean;
  /** Runs in the same transaction once the message has left. */
  afterwards?: (customer: Customer) => void;
};

/** Refuses as the gateway does while it cannot send (evolution CONTRACT section 3); hangs while it waits for a scan. */
export async function requireLine(sim: Simulator, instance: Instance, target: Target | null): Promise<void> {
  if (instance.state === "open" && !instance.lineCut) return;
  if (instance.state === "close" && !instance.connectedBefore)
    throw new GatewayError(400, ["TypeError: Cannot read properties of undefined (reading 'id')"]);
  if (instance.state === "close" || instance.lineCut) throw new GatewayError(500, "Connection Closed");
  if (instance.paired) throw new GatewayError(500, "Internal Server Error");
  await sim.timers.sleep(target?.kind === "group" ? sim.timings.groupHangMs : sim.timings.hangMs);
  if (target?.kind === "group") throw new GatewayError(400, ["[object Object]"]);
  throw new GatewayError(500, "Cannot read properties of undefined (reading 'find')");
}

function requireReachable(instance: Instance, target: Target, number: string): void {
  if (target.kind === "phone" && SPECIAL_PHONES.isMissing(target.phone))
    throw new GatewayError(400, [{ jid: target.jid, exists: false, number }]);
  if (target.kind === "group" && !findGroup(instance, target.jid))
    throw new GatewayError(400, ["[object Object]"]);
}

/** The person behind a target; null for groups and status posts. */
export function customerAt(sim: Simulator, instance: Instance, target: Target): Customer | null {
  const business = instance.ownerPhone;
  if (!business) return null;
  if (target.kind === "phone") return sim.phones.customer(business, target.phone);
  if (target.kind !== "lid") return null;
  const lid = target.jid.split("@")[0] ?? "";
  const known = sim.phones.findByLid(business, lid);
  return known ?? sim.phones.change(sim.phones.customer(business, lid), { lid, addressing: "lid_only" });
}

function quoteOf(
  sim: Simulator,
  instance: Instance,
  quoted: unknown,
): { context: JsonObject; id: string } | null {
  if (!isObject(quoted)) return null;
  const key = objectOr(quoted.key);
  const id = textOr(key.id);
  const stored = id ? findMessage(sim.db, instance.id, id) : null;
  const author = (fromMe: unknown, chat: unknown): string =>
    fromMe === true ? phoneJid(instance.ownerPhone ?? "") : textOr(chat);
  if (isObject(quoted.message)) {
    const participant = author(key.fromMe, key.remoteJid);
    return { id, context: { participant, stanzaId: id, quotedMessage: quoted.message } };
  }
  if (!stored?.message) return null;
  const participant = author(stored.key.fromMe, stored.key.remoteJid);
  return { id, context: { participant, stanzaId: id, quotedMessage: stored.message } };
}

function contextOf(
  instance: Instance,
  request: GatewayRequest,
  target: Target,
  quote: { context: JsonObject } | null,
): JsonObject {
  if (target.kind === "group") {
    const mentioned = Array.isArray(request.body.mentioned) ? request.body.mentioned : [];
    const everyone = findGroup(instance, target.jid)?.participants.map((one) => one.id) ?? [];
    const mentionedJid =
      request.body.mentionsEveryOne === true
        ? everyone
        : mentioned.map((digits) => phoneJid(digitsOf(String(digits))));
    return { mentionedJid, ...(quote?.context ?? {}) };
  }
  return {
    mentionedJid: [],
    groupMentions: [],
    ephemeralSettingTimestamp: long(Math.floor(Date.now() / 1000) - 172_800, false),
    disappearingMode: { initiator: 0 },
    ...(quote?.context ?? {}),
  };
}

function withContext(draft: Draft, context: JsonObject): JsonObject {
  if (draft.contextIn === "messageContextInfo") {
    const info = objectOr(draft.message.messageContextInfo);
    return { ...draft.message, messageContextInfo: { ...info, contextInfo: context } };
  }
  if (draft.contextIn !== "content") return draft.message;
  const type = messageTypeOf(draft.message);
  return { ...draft.message, [type]: { ...objectOr(draft.message[type]), contextInfo: context } };
}

/** Shows the typing the gateway plays during `delay`, and listens to the chat from then on. */
export async function playDelay(
  sim: Simulator,
  instance: Instance,
  target: Target,
  presence: string,
  ms: number,
): Promise<void> {
  const customer = customerAt(sim, instance, target);
  if (customer) {
    instance.subscribed.add(customer.phone);
    sim.phones.setPresence(customer, presence, ms);
  }
  await sim.timers.sleep(ms);
  if (customer) sim.phones.setPresence(customer, "paused", 0);
}

/** Faults of the line: an error with nothing sent, or silence of which nobody knows whether it left. */
async function playFaults(sim: Simulator, leave: () => void): Promise<void> {
  if (sim.faults.happens("sendErrorRate")) throw new GatewayError(500, "Connection Closed");
  if (!sim.faults.happens("sendTimeoutRate")) return;
  if (sim.faults.happens("timeoutLeavesRate")) leave();
  await sim.timers.sleep(sim.timings.sendTimeoutMs);
  throw new CutConnection();
}

/** The path of every send: checks, typing, the message handed to WhatsApp, `send.message`, the acknowledgements. */
export async function sendTo(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
  number: string,
  makeDraft: (target: Target) => Draft | Promise<Draft>,
): Promise<Reply> {
  const target = targetOf(number);
  await requireLine(sim, instance, target);
  requireReachable(instance, target, number);
  const draft = await makeDraft(target);
  const delay = request.body.delay;
  if (typeof delay === "number" && delay > 0) {
    const isVoice = "audioMessage" in draft.message;
    await playDelay(sim, instance, target, isVoice ? "recording" : "composing", delay);
  }
  await requireLine(sim, instance, target);
  const leave = (): JsonObject => sim.db.write(() => handOver(sim, instance, request, target, draft));
  await playFaults(sim, leave);
  return { status: 201, body: leave() };
}

function handOver(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
  target: Target,
  draft: Draft,
): JsonObject {
  const id = messageId.gateway();
  const quote = draft.quotes ? quoteOf(sim, instance, request.body.quoted) : null;
  const context = contextOf(instance, request, target, quote);
  const message = withContext(draft, context);
  const mediaId = draft.file ? storeMedia(sim.db, draft.file) : null;
  const at = Date.now();
  const key = {
    remoteJid: target.jid,
    fromMe: true,
    id,
    ...(draft.participant ? { participant: target.jid } : {}),
  };
  const stored: StoredMessage = {
    id: rowId(),
    instanceId: instance.id,
    key,
    pushName: "Você",
    messageType: messageTypeOf(message),
    message: objectOr(recordForm(message)),
    contextInfo: draft.contextIn === "content" || draft.contextIn === "data" ? context : null,
    timestamp: Math.floor(at / 1000),
    source: deviceOf(id),
    mediaId,
  };
  insertMessage(sim.db, stored);
  const answer = {
    key,
    pushName: stored.pushName,
    status: "PENDING",
    message: inline(instance, draft, message),
    ...(stored.contextInfo ? { contextInfo: context } : {}),
    messageType: stored.messageType,
    messageTimestamp: stored.timestamp,
    instanceId: instance.id,
    source: stored.source,
  };
  reachCustomer(sim, instance, target, { draft, keyId: id, mediaId, at, quotedId: quote?.id ?? null });
  emit(sim, instance, "send.message", answer);
  return answer;
}

function inline(instance: Instance, draft: Draft, message: JsonObject): JsonObject {
  if (!instance.inlineMedia || !draft.file?.bytes.length || "stickerMessage" in message) return message;
  return { ...message, base64: Buffer.from(draft.file.bytes).toString("base64") };
}

function reachCustomer(
  sim: Simulator,
  instance: Instance,
  target: Target,
  sent: { draft: Draft; keyId: string; mediaId: string | null; at: number; quotedId: string | null },
): void {
  const customer = customerAt(sim, instance, target);
  if (!customer) return;
  sent.draft.afterwards?.(customer);
  if (!sent.draft.bubble) return;
  const { draft, keyId, mediaId, at, quotedId } = sent;
  sim.phones.show({ customer, keyId, via: "api", raw: draft.message, mediaId, quotedId, at });
  const refused = target.kind === "phone" && SPECIAL_PHONES.refusesLater(target.phone);
  sim.receipts.schedule(instance.id, keyId, refused ? "ERROR" : "SERVER_ACK", sim.timings.serverAckMs);
}
