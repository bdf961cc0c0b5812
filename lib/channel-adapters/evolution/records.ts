/** The gateway's own record of messages, with its quirks (CONTRACT §9). */
import type { Address, IncomingMessage, ProviderRecord } from "#lib/channel-adapters/contract.ts";
import { toJid } from "./addresses.ts";
import { callGateway, type EvolutionAccess } from "./client.ts";
import { parseMessage } from "./messages.ts";
import * as shape from "./payloads.ts";
import { receiptStatus } from "./receipts.ts";
import { isObject, read, readAll } from "./wire-values.ts";

export type RecordQuery = { chat?: Address[]; fromMe?: boolean; from: Date; to: Date; limit: number };

type Page = { records: unknown[]; pages: number };

const PAGE_SIZE = 100;
const PAGES_MAX = 200;
const TIMEOUT_MS = 30_000;
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/** The ids that the gateway gives to what is sent through it; a record does not say it otherwise (CONTRACT §7, §13.1). */
const GATEWAY_ID = /^3EB0[0-9A-F]{18}$/;

/** Newest first. Reactions are no messages of ours and are left out. */
export async function findRecords(access: EvolutionAccess, query: RecordQuery): Promise<ProviderRecord[]> {
  const found = new Map<string, ProviderRecord>();
  for (const key of keyFilters(query)) {
    await collect(access, query, key, found);
  }
  const newestFirst = [...found.values()].sort(
    (a, b) => b.message.sentAt.getTime() - a.message.sentAt.getTime(),
  );
  return newestFirst.slice(0, query.limit);
}

/** The chat's id under which the gateway filed a message; undefined when it has none. */
export async function storedChatJid(
  access: EvolutionAccess,
  externalId: string,
): Promise<string | undefined> {
  const { records } = await fetchPage(access, { key: { id: externalId } }, 1, 1);
  const record = read(shape.MessageRecord, records[0]);
  return read(shape.MessageKey, record?.key)?.remoteJid;
}

/**
 * A person is filed under the address each message used, so that both must be asked for; together in one
 * filter they would narrow to the first. `fromMe:false` is ignored there and filtered here.
 */
function keyFilters(query: RecordQuery): Record<string, unknown>[] {
  const fromMe = query.fromMe ? { fromMe: true } : {};
  if (!query.chat) return [fromMe];
  return query.chat.flatMap((address) => {
    const jid = toJid(address);
    const direct = { remoteJid: jid, ...fromMe };
    return address.kind === "group" ? [direct] : [direct, { remoteJidAlt: jid, ...fromMe }];
  });
}

async function collect(
  access: EvolutionAccess,
  query: RecordQuery,
  key: Record<string, unknown>,
  found: Map<string, ProviderRecord>,
): Promise<void> {
  // One bound alone is ignored by the gateway.
  const messageTimestamp = { gte: query.from.toISOString(), lte: query.to.toISOString() };
  const where = Object.keys(key).length > 0 ? { key, messageTimestamp } : { messageTimestamp };
  let kept = 0;
  for (let page = 1; page <= PAGES_MAX && kept < query.limit; page++) {
    const { records, pages } = await fetchPage(access, where, page, PAGE_SIZE);
    for (const record of records) {
      const parsed = parseRecord(record, query);
      if (!parsed) continue;
      kept += 1;
      found.set(parsed.message.externalId, parsed);
    }
    if (page >= pages || records.length === 0) return;
  }
}

async function fetchPage(access: EvolutionAccess, where: unknown, page: number, size: number): Promise<Page> {
  const answer = await callGateway(access, {
    method: "POST",
    path: "chat/findMessages",
    // `offset` is the size of a page.
    body: { where, page, offset: size },
    timeoutMs: TIMEOUT_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
  });
  const messages = read(shape.FoundMessages, read(shape.FindAnswer, answer)?.messages);
  return { records: messages?.records ?? [], pages: messages?.pages ?? 0 };
}

function parseRecord(value: unknown, query: RecordQuery): ProviderRecord | undefined {
  const record = read(shape.MessageRecord, value);
  const event = parseMessage(value, "live", { ownJid: undefined, madeAt: query.to });
  if (!record || event.type !== "message") return undefined;
  const { fromMe, externalId } = event.message;
  const message: IncomingMessage = { ...event.message, viaApi: fromMe && GATEWAY_ID.test(externalId) };
  if (query.fromMe !== undefined && message.fromMe !== query.fromMe) return undefined;
  const key = isObject(record.key) ? read(shape.MessageKey, record.key) : undefined;
  const statuses = readAll(shape.FoundStatus, record.MessageUpdate).flatMap(({ status }) =>
    typeof status === "string" || typeof status === "number" ? (receiptStatus(status) ?? []) : [],
  );
  // Theirs deleted: the content is gone. Ours: the key says so. The word DELETED alone proves nothing.
  const deleted = record.message === undefined || key?.deleted === true;
  return { message, statuses: [...new Set(statuses)], deleted };
}
