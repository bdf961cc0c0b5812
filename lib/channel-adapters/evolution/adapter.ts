/** WhatsApp numbers paired by QR code, through an Evolution API gateway (version 2.3.6). */
import { createHash, timingSafeEqual } from "node:crypto";
import type {
  Address,
  ChannelAdapter,
  GroupInfo,
  OutgoingMedia,
  OutgoingMessage,
  SendReceipt,
  WebhookRequest,
} from "#lib/channel-adapters/contract.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { parseAddress, toJid } from "./addresses.ts";
import { parseGroup } from "./chat-events.ts";
import { callGateway, type EvolutionAccess, evolutionAccess } from "./client.ts";
import { defined } from "./defined.ts";
import { formatSend } from "./format.ts";
import {
  connectInstance,
  connectionState,
  deleteInstance,
  pingGateway,
  requireOpen,
  restartInstance,
  SECRET_HEADER,
} from "./instances.ts";
import { timeFromSeconds } from "./messages.ts";
import { parse } from "./parse.ts";
import * as shape from "./payloads.ts";
import { findRecords, storedChatJid } from "./records.ts";
import { eventName, routingKey } from "./routing.ts";
import { read, readAll } from "./wire-values.ts";

/** Lookups at WhatsApp take the gateway up to 60 s. */
const LOOKUP_TIMEOUT_MS = 75_000;
const MEDIA_TIMEOUT_MS = 120_000;
const MEDIA_ANSWER_BYTES_MAX = 200 * 1024 * 1024;
const NUMBERS_PER_CALL = 50;
const READ_MARKS_PER_CALL = 100;

/** `cleanupMs`: how long to leave the gateway alone between deleting an instance and making it anew. */
export function createEvolutionAdapter({ cleanupMs = 1_500 } = {}): ChannelAdapter {
  return {
    kind: "evolution",
    capabilities: {
      qrLogin: true,
      groups: true,
      editMessages: true,
      deleteMessages: true,
      polls: true,
      stickers: true,
      templates: false,
      checkNumbers: true,
      replyWindow: false,
      history: true,
    },
    verify,
    routingKey,
    eventName,
    parse,
    connect: (access, webhook, options) =>
      connectInstance(evolutionAccess(access), webhook, options?.pairingPhone, cleanupMs),
    connectionState: (access) => connectionState(evolutionAccess(access)),
    restart: (access) => restartInstance(evolutionAccess(access)),
    disconnect: (access) => deleteInstance(evolutionAccess(access)),
    ping: (access) => pingGateway(evolutionAccess(access)),
    send: (access, message) => send(evolutionAccess(access), message),
    edit: (access, target, text) => editMessage(evolutionAccess(access), target, text),
    delete: (access, target) => deleteMessage(evolutionAccess(access), target),
    markRead: (access, messages) => markRead(evolutionAccess(access), messages),
    fetchMedia: (access, ref) => fetchMedia(evolutionAccess(access), ref),
    findMessages: (access, query) => findRecords(evolutionAccess(access), query),
    checkNumbers: (access, digits) => checkNumbers(evolutionAccess(access), digits),
    fetchPicture: (access, address) => fetchPicture(evolutionAccess(access), address),
    fetchGroup: (access, group) => fetchGroup(evolutionAccess(access), group),
  };
}

export const evolutionAdapter: ChannelAdapter = createEvolutionAdapter();

function verify(request: WebhookRequest, secrets: readonly string[]): boolean {
  const given = digest(request.headers.get(SECRET_HEADER) ?? "");
  // Every secret is compared in full: the time taken tells nothing about which one came close.
  return secrets
    .map((secret) => timingSafeEqual(given, digest(secret)) && secret !== "")
    .some((matches) => matches);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function send(access: EvolutionAccess, message: OutgoingMessage): Promise<SendReceipt> {
  const call = formatSend(message);
  await requireOpen(access);
  const answer = read(
    shape.SendAnswer,
    await callGateway(access, { method: "POST", operation: "send", ...call }),
  );
  const key = read(shape.MessageKey, answer?.key);
  // Taken, by its status; but only an id proves it and lets receipts find it (rule 1).
  if (!key?.id) throw new AppError("send_outcome_unknown", { detail: "an answer without a message id" });
  return defined({
    externalId: key.id,
    sentTo: parseAddress(key.remoteJid),
    at: timeFromSeconds(answer?.messageTimestamp) ?? new Date(),
  });
}

type Target = { to: Address; externalId: string };

async function editMessage(access: EvolutionAccess, { to, externalId }: Target, text: string): Promise<void> {
  await requireOpen(access);
  const update = (jid: string) =>
    callGateway(access, {
      method: "POST",
      path: "chat/updateMessage",
      operation: "change",
      timeoutMs: LOOKUP_TIMEOUT_MS,
      body: { number: jid, key: { id: externalId, fromMe: true, remoteJid: jid }, text },
    });
  const asked = toJid(to);
  try {
    await update(asked);
  } catch (error) {
    // The chat must be the one it was stored under, which can be another address of the same person.
    if (!(error instanceof AppError) || error.code !== "message_refused") throw error;
    const stored = await storedChatJid(access, externalId);
    if (!stored || stored === asked) throw error;
    await update(stored);
  }
}

async function deleteMessage(access: EvolutionAccess, { to, externalId }: Target): Promise<void> {
  await requireOpen(access);
  await callGateway(access, {
    method: "DELETE",
    path: "chat/deleteMessageForEveryone",
    operation: "change",
    timeoutMs: LOOKUP_TIMEOUT_MS,
    body: { id: externalId, fromMe: true, remoteJid: toJid(to) },
  });
}

/** A LID chat answers success and does nothing: only phones and groups are asked (§8). */
async function markRead(
  access: EvolutionAccess,
  messages: { chat: Address[]; externalId: string; author?: Address }[],
): Promise<void> {
  const readMessages = messages.flatMap(({ chat, externalId, author }) => {
    const address = chat.find(({ kind }) => kind === "phone") ?? chat.find(({ kind }) => kind === "group");
    if (!address) return [];
    const participant = address.kind === "group" && author ? toJid(author) : undefined;
    return [defined({ id: externalId, fromMe: false, remoteJid: toJid(address), participant })];
  });
  if (readMessages.length === 0) return;
  await requireOpen(access);
  for (const batch of batches(readMessages, READ_MARKS_PER_CALL)) {
    await callGateway(access, {
      method: "POST",
      path: "chat/markMessageAsRead",
      timeoutMs: LOOKUP_TIMEOUT_MS,
      body: { readMessages: batch },
    });
  }
}

async function fetchMedia(access: EvolutionAccess, value: Record<string, unknown>): Promise<OutgoingMedia> {
  const ref = read(shape.MediaRef, value);
  if (!ref?.id) throw new AppError("not_found", { detail: "no reference to a file" });
  try {
    return await requestMedia(access, { key: { id: ref.id } }, ref.id);
  } catch (error) {
    // The gateway forgot the message; its own copy of the keys went with it, ours did not.
    if (!(error instanceof AppError) || error.code !== "not_found" || !ref.message) throw error;
    return requestMedia(access, ref.message, ref.id);
  }
}

async function requestMedia(access: EvolutionAccess, message: unknown, id: string): Promise<OutgoingMedia> {
  const answer = read(
    shape.MediaAnswer,
    await callGateway(access, {
      method: "POST",
      path: "chat/getBase64FromMediaMessage",
      operation: "media",
      timeoutMs: MEDIA_TIMEOUT_MS,
      answerBytesMax: MEDIA_ANSWER_BYTES_MAX,
      body: { message, convertToMp4: false },
    }),
  );
  const bytes = Buffer.from(answer?.base64 ?? "", "base64");
  if (bytes.byteLength === 0) throw new AppError("media_unavailable", { detail: "the file came empty" });
  // The word `false` stands for a type that the gateway did not find.
  const mimeType = answer?.mimetype?.includes("/") ? answer.mimetype : "application/octet-stream";
  return { bytes, mimeType, fileName: answer?.fileName ?? id };
}

/** Answers come in another order than asked, with groups nobody asked for: the number as sent decides. */
async function checkNumbers(
  access: EvolutionAccess,
  digits: readonly string[],
): Promise<{ asked: string; address: Address }[]> {
  // 18 digits and more are taken for a group.
  const asked = [...new Set(digits)].filter((number) => /^\d{5,17}$/.test(number));
  if (asked.length === 0) return [];
  await requireOpen(access);
  const found = new Map<string, Address>();
  for (const numbers of batches(asked, NUMBERS_PER_CALL)) {
    const answer = await callGateway(access, {
      method: "POST",
      path: "chat/whatsappNumbers",
      operation: "numbers",
      timeoutMs: LOOKUP_TIMEOUT_MS,
      body: { numbers },
    });
    for (const row of readAll(shape.NumberAnswer, Array.isArray(answer) ? answer : [])) {
      const address = parseAddress(row.jid);
      if (row.exists && row.number && address?.kind === "phone") found.set(row.number, address);
    }
  }
  return asked.flatMap((number) => {
    const address = found.get(number);
    return address ? [{ asked: number, address }] : [];
  });
}

/** The URL dies after some days. Null when there is no picture or it is hidden from us. */
async function fetchPicture(access: EvolutionAccess, address: Address): Promise<string | null> {
  await requireOpen(access);
  const answer = await callGateway(access, {
    method: "POST",
    path: "chat/fetchProfilePictureUrl",
    timeoutMs: LOOKUP_TIMEOUT_MS,
    body: { number: toJid(address) },
  });
  return read(shape.PictureAnswer, answer)?.profilePictureUrl ?? null;
}

/** CONTRACT §10. The id is checked to be a group's before it stands in a query (rule 12). */
async function fetchGroup(access: EvolutionAccess, group: Address): Promise<GroupInfo | null> {
  await requireOpen(access);
  const answer = await callGateway(access, {
    method: "GET",
    path: "group/findGroupInfos",
    query: { groupJid: toJid(group) },
    timeoutMs: LOOKUP_TIMEOUT_MS,
  });
  const news = parseGroup(answer);
  if (news.type !== "group") return null;
  return defined({ subject: news.subject, participants: news.participants });
}

function batches<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
