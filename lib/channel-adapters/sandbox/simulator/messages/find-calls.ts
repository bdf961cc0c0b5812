import { bodyProblems } from "../http/body-check.ts";
import { GatewayError, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { type JsonObject, objectOr, textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import { findContact, listContacts, presentContact } from "../store/contacts.ts";
import type { Instance } from "../store/instances.ts";
import {
  latestPerChat,
  type MessageQuery,
  queryMessages,
  type StoredMessage,
  updatesOf,
} from "../store/messages.ts";

function requireFilled(where: JsonObject): void {
  const key = objectOr(where.key);
  const values = [...Object.values(where), ...Object.values(key)];
  if (values.includes("")) throw new GatewayError(400, [["The property cannot be empty"]]);
}

/** Both ends or none: one alone is ignored (evolution CONTRACT section 9.1). */
function between(where: JsonObject): MessageQuery["between"] {
  const times = objectOr(where.messageTimestamp);
  const from = Date.parse(textOr(times.gte));
  const to = Date.parse(textOr(times.lte));
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return { from: Math.floor(from / 1000), to: Math.floor(to / 1000) };
}

/** `fromMe: false` is ignored; a `remoteJid` beside a `remoteJidAlt` wins over it. */
function queryOf(where: JsonObject): MessageQuery {
  const key = objectOr(where.key);
  const remoteJid = textOr(key.remoteJid);
  const range = between(where);
  const texts = {
    keyId: textOr(key.id),
    remoteJid,
    remoteJidAlt: remoteJid ? "" : textOr(key.remoteJidAlt),
    id: textOr(where.id),
    messageType: textOr(where.messageType),
    source: textOr(where.source),
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== "")),
    ...(key.fromMe === true ? { fromMe: true } : {}),
    ...(range ? { between: range } : {}),
  };
}

function record(sim: Simulator, message: StoredMessage): JsonObject {
  return {
    id: message.id,
    key: message.key,
    pushName: message.pushName,
    messageType: message.messageType,
    message: message.message,
    messageTimestamp: message.timestamp,
    instanceId: message.instanceId,
    source: message.source,
    contextInfo: message.contextInfo,
    MessageUpdate: updatesOf(sim.db, message.instanceId, message.key.id).map(({ status }) => ({ status })),
  };
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === "number" && value >= 1 ? Math.floor(value) : otherwise;
}

/** `offset` is the page size here (evolution CONTRACT section 9.1). */
export async function findMessages(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  const problems = bodyProblems(request.body, {
    properties: { where: { type: "object" }, page: { type: "integer" }, offset: { type: "integer" } },
  });
  if (problems.length > 0) throw new GatewayError(400, [problems]);
  const where = objectOr(request.body.where);
  requireFilled(where);
  const page = positive(request.body.page, 1);
  const limit = positive(request.body.offset, 50);
  const found = queryMessages(sim.db, instance.id, queryOf(where), { limit, skip: (page - 1) * limit });
  return ok({
    messages: {
      total: found.total,
      pages: Math.ceil(found.total / limit),
      currentPage: page,
      records: found.messages.map((message) => record(sim, message)),
    },
  });
}

export async function findStatusMessage(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  const where = objectOr(request.body.where);
  requireFilled(where);
  const limit = positive(request.body.offset, 50);
  const skip = (positive(request.body.page, 1) - 1) * limit;
  const rows = updatesOf(sim.db, instance.id, textOr(where.id));
  const remoteJid = textOr(where.remoteJid);
  return ok(rows.filter((row) => !remoteJid || row.remoteJid === remoteJid).slice(skip, skip + limit));
}

const MEDIA_DETAILS = [
  "mediaKey",
  "fileSha256",
  "fileEncSha256",
  "directPath",
  "mediaKeyTimestamp",
  "jpegThumbnail",
  "url",
];

function withoutMediaDetails(message: JsonObject | null): JsonObject | null {
  if (message === null) return null;
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [name, value];
      return [
        name,
        Object.fromEntries(Object.entries(value).filter(([field]) => !MEDIA_DETAILS.includes(field))),
      ];
    }),
  );
}

/** Computed from the stored messages, newest chat first (evolution CONTRACT section 8). */
export async function findChats(sim: Simulator, instance: Instance, request: GatewayRequest): Promise<Reply> {
  const remoteJid = textOr(objectOr(request.body.where).remoteJid) || undefined;
  const skip = typeof request.body.skip === "number" ? request.body.skip : 0;
  const take = typeof request.body.take === "number" ? request.body.take : undefined;
  const latest = latestPerChat(sim.db, instance.id, remoteJid).slice(
    skip,
    take === undefined ? undefined : skip + take,
  );
  return ok(
    latest.map((message) => {
      const contact = findContact(sim.db, instance.id, message.key.remoteJid);
      const updates = updatesOf(sim.db, instance.id, message.key.id);
      return {
        id: contact?.id ?? null,
        remoteJid: message.key.remoteJid,
        pushName: null,
        profilePicUrl: contact?.picture ?? null,
        updatedAt: new Date(message.timestamp * 1000).toISOString(),
        windowStart: null,
        windowExpires: null,
        windowActive: false,
        lastMessage: {
          id: message.id,
          key: message.key,
          pushName: message.pushName,
          participant: null,
          messageType: message.messageType,
          message: withoutMediaDetails(message.message),
          contextInfo: message.contextInfo,
          source: message.source,
          messageTimestamp: message.timestamp,
          instanceId: instance.id,
          sessionId: null,
          status: updates.at(-1)?.status ?? (message.key.fromMe ? "PENDING" : "DELIVERY_ACK"),
        },
        unreadCount: null,
        isSaved: contact !== null,
      };
    }),
  );
}

/** Only `where.remoteJid` filters; `where.id` is ignored. */
export async function findContacts(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  const remoteJid = textOr(objectOr(request.body.where).remoteJid);
  const limit = positive(request.body.offset, Number.MAX_SAFE_INTEGER);
  const skip = request.body.offset === undefined ? 0 : (positive(request.body.page, 1) - 1) * limit;
  const contacts = listContacts(sim.db, instance.id).filter(
    (contact) => !remoteJid || contact.remoteJid === remoteJid,
  );
  return ok(contacts.slice(skip, skip + limit).map((contact) => presentContact(contact, instance.id)));
}
