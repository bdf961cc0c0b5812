import { findGroup } from "../groups/groups.ts";
import { bodyProblems, checkBody, type Rule } from "../http/body-check.ts";
import { BareError, created, GatewayError, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import { findContact } from "../store/contacts.ts";
import type { Instance } from "../store/instances.ts";
import { findMedia } from "../store/media.ts";
import { findMessage } from "../store/messages.ts";
import { digitsOf, phoneJid, pictureUrl, SPECIAL_PHONES, type Target, targetOf } from "./addresses.ts";
import { messageTypeOf, unwrap } from "./content.ts";
import { customerAt, playDelay } from "./send.ts";
import { endingOf } from "./sniff.ts";

type ChatCall = (sim: Simulator, instance: Instance, request: GatewayRequest) => Promise<Reply>;

const text: Rule = { type: "string" };

/** While an instance waits for a scan most calls hang and end in nonsense (evolution CONTRACT rule 9). */
async function hangUnlessOpen(
  sim: Simulator,
  instance: Instance,
  answer: () => Reply,
): Promise<Reply | null> {
  if (instance.state === "open") return null;
  if (instance.state === "connecting") await sim.timers.sleep(sim.timings.hangMs);
  return answer();
}

function numberRow(sim: Simulator, instance: Instance, asked: string): JsonObject {
  const target = targetOf(asked);
  if (target.kind === "lid") return { jid: target.jid, exists: true, number: asked, name: "", lid: "lid" };
  if (target.kind === "group") {
    const group = findGroup(instance, target.jid);
    return {
      jid: target.jid,
      exists: group !== null,
      number: asked,
      ...(group ? { name: group.subject } : {}),
    };
  }
  const exists = target.kind !== "phone" || !SPECIAL_PHONES.isMissing(target.phone);
  const name = findContact(sim.db, instance.id, target.jid)?.pushName;
  return { jid: target.jid, exists, number: asked, ...(name ? { name } : {}) };
}

const ORDER: Record<Target["kind"], number> = { broadcast: 0, group: 1, phone: 2, lid: 2 };

/** Errors stand flat here, or the body is empty; the order is broadcast, groups, people (section 8). */
const whatsappNumbers: ChatCall = async (sim, instance, request) => {
  const { numbers } = request.body;
  if (!Array.isArray(numbers)) throw new BareError(400, {});
  const problems = bodyProblems(request.body, {
    properties: { numbers: { type: "array", minItems: 1, items: text } },
  });
  if (problems.length > 0)
    throw new BareError(400, { status: 400, error: "Bad Request", message: [problems] });
  const hung = await hangUnlessOpen(sim, instance, () => {
    throw new BareError(400, {});
  });
  if (hung) return hung;
  const asked = numbers.map(String);
  const sorted = asked.toSorted((one, other) => ORDER[targetOf(one).kind] - ORDER[targetOf(other).kind]);
  return ok(sorted.map((number) => numberRow(sim, instance, number)));
};

/** Hidden-id chats are skipped without a word. */
const markMessageAsRead: ChatCall = async (sim, instance, request) => {
  const item: Rule = {
    type: "object",
    required: ["id", "fromMe", "remoteJid"],
    properties: { id: text, fromMe: { type: "boolean" }, remoteJid: text },
  };
  checkBody(request.body, {
    required: ["readMessages"],
    properties: { readMessages: { type: "array", items: item } },
  });
  const hung = await hangUnlessOpen(sim, instance, () => {
    throw new GatewayError(500, [
      "Read messages fail",
      "TypeError: Cannot destructure property 'content' of '(intermediate value)' as it is undefined.",
    ]);
  });
  if (hung) return hung;
  const items = Array.isArray(request.body.readMessages) ? request.body.readMessages.map(objectOr) : [];
  const business = instance.ownerPhone;
  sim.db.write(() => {
    for (const { id, fromMe, remoteJid } of items)
      if (business && fromMe === false && !textOr(remoteJid).endsWith("@lid"))
        sim.phones.advance(business, textOr(id), "read");
  });
  return created({ message: "Read messages", read: "success" });
};

const PRESENCES = ["unavailable", "available", "composing", "recording", "paused"];

const sendPresence: ChatCall = async (sim, instance, request) => {
  checkBody(request.body, {
    required: ["number", "presence", "delay"],
    properties: { number: text, presence: { type: "string", enum: PRESENCES }, delay: { type: "integer" } },
  });
  const hung = await hangUnlessOpen(sim, instance, () => {
    throw new GatewayError(400, ["TypeError: Cannot read properties of undefined (reading 'find')"]);
  });
  if (hung) return hung;
  const presence = textOr(request.body.presence);
  const delay = Number(request.body.delay);
  await playDelay(sim, instance, targetOf(textOr(request.body.number)), presence, delay);
  return created({ presence });
};

const getBase64FromMediaMessage: ChatCall = async (sim, instance, request) => {
  checkBody(request.body, {
    required: ["message"],
    properties: { message: { type: "object" }, convertToMp4: { type: "boolean" } },
  });
  const id = textOr(objectOr(objectOr(request.body.message).key).id);
  const stored = findMessage(sim.db, instance.id, id);
  if (!stored?.message) throw new GatewayError(400, ["Message not found"]);
  const inner = unwrap(stored.message);
  const type = messageTypeOf(inner);
  const content = objectOr(inner[type]);
  if (!("mediaKey" in content)) throw new GatewayError(400, ["The message is not of the media type"]);
  const media = stored.mediaId ? findMedia(sim.db, stored.mediaId) : null;
  if (!media) throw new GatewayError(400, [`Error: Failed to fetch stream from ${textOr(content.url)}`]);
  const mimetype = textOr(content.mimetype);
  return created({
    mediaType: type,
    fileName: textOr(content.fileName) || `${id}.${endingOf(mimetype)}`,
    ...(content.caption === undefined ? {} : { caption: content.caption }),
    size: { fileLength: content.fileLength, height: content.height, width: content.width },
    mimetype,
    base64: Buffer.from(media.bytes).toString("base64"),
    buffer: null,
  });
};

const fetchProfilePictureUrl: ChatCall = async (sim, instance, request) => {
  checkBody(request.body, { required: ["number"], properties: { number: text } });
  const target = targetOf(textOr(request.body.number));
  const hung = await hangUnlessOpen(sim, instance, () => ok({ wuid: target.jid }));
  if (hung) return hung;
  const customer = customerAt(sim, instance, target);
  const profilePictureUrl = customer ? pictureUrl(sim.url(), customer.phone) : null;
  return ok({ wuid: target.jid, profilePictureUrl });
};

const fetchProfile: ChatCall = async (sim, instance, request) => {
  checkBody(request.body, { required: ["number"], properties: { number: text } });
  const number = textOr(request.body.number);
  const target = targetOf(number);
  const hung = await hangUnlessOpen(sim, instance, () =>
    ok({ wuid: target.jid, name: null, picture: null, status: null, os: null, isBusiness: false }),
  );
  if (hung) return hung;
  const customer = customerAt(sim, instance, target);
  return ok({
    wuid: target.jid,
    name: customer?.name ?? findContact(sim.db, instance.id, target.jid)?.pushName ?? null,
    numberExists: numberRow(sim, instance, number).exists,
    picture: customer ? pictureUrl(sim.url(), customer.phone) : null,
    status: { status: "Disponible", setAt: instance.createdAt },
    isBusiness: false,
  });
};

function archiveFailed(reason: string): GatewayError {
  return new GatewayError(500, [
    { archived: false, message: ["An error occurred while archiving the chat. Open a calling.", reason] },
  ]);
}

/** Broken without `lastMessage`: the gateway's own look-up fails on PostgreSQL (evolution CONTRACT section 8). */
const archiveChat: ChatCall = async (_sim, _instance, request) => {
  const { chat, lastMessage } = request.body;
  if (!isObject(lastMessage) && chat === undefined)
    throw archiveFailed("TypeError: Cannot set properties of undefined (setting 'messageTimestamp')");
  if (!isObject(lastMessage))
    throw archiveFailed(
      "PrismaClientValidationError: \nInvalid `this.prismaRepository.message.findMany()` invocation",
    );
  return created({ chatId: chat ?? textOr(objectOr(lastMessage.key).remoteJid), archived: true });
};

const markChatUnread: ChatCall = async (_sim, _instance, request) => {
  const { chat, lastMessage } = request.body;
  return created({
    chatId: chat ?? textOr(objectOr(objectOr(lastMessage).key).remoteJid),
    markedChatUnread: true,
  });
};

const updateBlockStatus: ChatCall = async (sim, instance, request) => {
  checkBody(request.body, {
    required: ["number", "status"],
    properties: { number: text, status: { type: "string", enum: ["block", "unblock"] } },
  });
  const customer = customerAt(sim, instance, targetOf(textOr(request.body.number)));
  if (customer) sim.phones.change(customer, { blocked: request.body.status === "block" });
  return created({ block: "success" });
};

/** A stub in the gateway as well: no call is made. */
export async function offerCall(
  _sim: Simulator,
  _instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  checkBody(request.body, {
    required: ["number", "callDuration"],
    properties: {
      number: text,
      isVideo: { type: "boolean" },
      callDuration: { type: "integer", minimum: 1, maximum: 15 },
    },
  });
  const { number, isVideo, callDuration } = request.body;
  return created({ id: "123", jid: phoneJid(digitsOf(textOr(number))), isVideo, callDuration });
}

export const CHAT_CALLS: Record<string, ChatCall> = {
  whatsappNumbers,
  markMessageAsRead,
  sendPresence,
  getBase64FromMediaMessage,
  fetchProfilePictureUrl,
  fetchProfile,
  archiveChat,
  markChatUnread,
  updateBlockStatus,
};
