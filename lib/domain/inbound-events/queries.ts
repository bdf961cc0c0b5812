import { type Db, tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { decodeCursor, encodeCursor, type Keyset } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type ConversationId, type InboundEventId } from "#lib/kernel/ids.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { indexedConditions, matchesShown, textSearch } from "./matching.ts";
import { assertMayReadEventLog } from "./policy.ts";
import {
  type EventRow,
  outcomeOf,
  type Places,
  presentInboundEvent,
  presentInboundEventDetail,
} from "./present.ts";
import { redactBody } from "./redact.ts";
import {
  type InboundEventCount,
  type InboundEventDetail,
  type InboundEventFilter,
  type InboundEventPage,
  type ListInboundEvents,
  REPLAY_MAX,
  SEARCH_ROWS_MAX,
  SEARCH_ROWS_MAX_AT_ONCE,
} from "./schema.ts";

const COLUMNS = Prisma.sql`id, channel_id as "channelId", name, chat_key as "chatKey", status::text as status,
  error_code as "errorCode", error_detail as "errorDetail", outcome, attempts,
  received_at as "receivedAt", processed_at as "processedAt"`;
const NEWEST_FIRST = Prisma.sql`received_at desc, id desc`;

/** Newest first. A search by text stops after `SEARCH_ROWS_MAX` events; `next` goes on from there. */
export async function listInboundEvents(ctx: Ctx, query: ListInboundEvents): Promise<InboundEventPage> {
  assertMayReadEventLog(ctx.actor);
  const after = decodeCursor(query.cursor);
  return tenantTransaction(ctx.tenantId, async (db) => {
    const { rows, next, searched } = textSearch(query)
      ? await searchPage(db, query, after)
      : await plainPage(db, query, after);
    const places = await placesOf(db, rows);
    return { data: rows.map((row) => presentInboundEvent(row, places)), next, ...(searched && { searched }) };
  });
}

type RowPage = {
  rows: EventRow[];
  next: string | null;
  searched?: NonNullable<InboundEventPage["searched"]>;
};

async function plainPage(db: Db, query: ListInboundEvents, after: Keyset | null): Promise<RowPage> {
  const rows = await db.$queryRaw<EventRow[]>`
    select ${COLUMNS} from inbound_events
    where ${indexedConditions(query)} ${olderThan(after)}
    order by ${NEWEST_FIRST} limit ${query.limit + 1}`;
  const shown = rows.slice(0, query.limit);
  return { rows: shown, next: rows.length > query.limit ? cursorAfter(shown.at(-1)) : null };
}

/** Reads a stretch of the log and looks into each body; the stretch's end is where the next page begins. */
async function searchPage(db: Db, query: ListInboundEvents, after: Keyset | null): Promise<RowPage> {
  const matches = textSearch(query) ?? Prisma.sql`true`;
  const stretch = Prisma.sql`
    select id, received_at from inbound_events
    where ${indexedConditions(query)} ${olderThan(after)}
    order by ${NEWEST_FIRST} limit ${SEARCH_ROWS_MAX}`;
  const [end] = await db.$queryRaw<{ rows: bigint; at: Date | null; id: string | null }[]>`
    select count(*) as rows, min(received_at) as at,
           (array_agg(id order by received_at, id))[1] as id from (${stretch}) stretch`;
  const found = await db.$queryRaw<EventRow[]>`
    select ${COLUMNS} from inbound_events
    where ${indexedConditions(query)} ${olderThan(after)} ${notOlderThan(end)} and ${matches}
    order by ${NEWEST_FIRST} limit ${query.limit + 1}`;
  const shown: EventRow[] = [];
  for (const row of found.slice(0, query.limit)) if (await isShown(db, row, query.q ?? "")) shown.push(row);
  const examined = Number(end?.rows ?? 0);
  const full = found.length > query.limit ? found[query.limit - 1] : undefined;
  const stopped = examined === SEARCH_ROWS_MAX && end?.at && end.id ? { at: end.at, id: end.id } : null;
  const next = full ? cursorAfter(full) : stopped ? encodeCursor(stopped) : null;
  const until = full ? full.receivedAt : stopped?.at;
  return {
    rows: shown,
    next,
    searched: { rows: examined, until: until?.toISOString() ?? null, complete: next === null },
  };
}

async function isShown(db: Db, row: EventRow, q: string): Promise<boolean> {
  const found = await db.inboundEvent.findUnique({ where: { id: row.id }, select: { body: true } });
  // Written without spaces, as it came.
  return found !== null && matchesShown(q, row.chatKey, compact(redactBody(found.body)));
}

function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

export async function getInboundEvent(ctx: Ctx, id: InboundEventId): Promise<InboundEventDetail> {
  assertMayReadEventLog(ctx.actor);
  return tenantTransaction(ctx.tenantId, async (db) => {
    const row = await db.inboundEvent.findUnique({ where: { id } });
    if (!row) throw new AppError("not_found");
    return presentInboundEventDetail(row, await placesOf(db, [row]));
  });
}

/** How many events match, as far as one can replay at once. */
export async function countInboundEvents(ctx: Ctx, filter: InboundEventFilter): Promise<InboundEventCount> {
  assertMayReadEventLog(ctx.actor);
  return tenantTransaction(ctx.tenantId, async (db) => {
    const { ids, complete } = await matchingIds(db, filter, REPLAY_MAX);
    return { count: ids.length, complete };
  });
}

/**
 * The events that match, newest first, at most `limit`. A search by text is bounded by the rows it may
 * examine; `complete` says whether these are all.
 */
export async function matchingIds(
  db: Db,
  filter: InboundEventFilter,
  limit: number,
): Promise<{ ids: string[]; complete: boolean }> {
  const text = textSearch(filter);
  const rowsMax = text ? SEARCH_ROWS_MAX_AT_ONCE : limit;
  const stretch = await db.$queryRaw<{ id: string }[]>`
    select id from inbound_events
    where ${indexedConditions(filter)}
    order by ${NEWEST_FIRST} limit ${rowsMax + 1}`;
  const all = stretch.length <= rowsMax;
  if (!text) return { ids: stretch.slice(0, limit).map(({ id }) => id), complete: all };
  const ids = stretch.slice(0, rowsMax).map(({ id }) => id);
  const found = await db.$queryRaw<{ id: string }[]>`
    select id from inbound_events where id = any(${ids}) and ${text} order by ${NEWEST_FIRST} limit ${limit + 1}`;
  return { ids: found.slice(0, limit).map(({ id }) => id), complete: all && found.length <= limit };
}

function olderThan(after: Keyset | null): Prisma.Sql {
  if (!after) return Prisma.empty;
  return Prisma.sql`and received_at <= ${after.at} and (received_at < ${after.at} or id < ${after.id})`;
}

function notOlderThan(end: { at: Date | null; id: string | null } | undefined): Prisma.Sql {
  if (!end?.at || !end.id) return Prisma.sql`and false`;
  return Prisma.sql`and received_at >= ${end.at} and (received_at > ${end.at} or id >= ${end.id})`;
}

function cursorAfter(row: EventRow | undefined): string | null {
  return row ? encodeCursor({ at: row.receivedAt, id: row.id }) : null;
}

/** The conversations in which the outcome of these events can be seen. */
async function placesOf(db: Db, rows: readonly Pick<EventRow, "outcome">[]): Promise<Places> {
  const ids = rows.flatMap((row) => outcomeOf(row).flatMap(({ id }) => (id ? [id] : [])));
  const unique = [...new Set(ids)];
  const messages = unique.filter((id) => id.startsWith("msg_"));
  const contacts = unique.filter((id) => id.startsWith("con_"));
  const places = new Map<string, ConversationId>();
  if (messages.length > 0) {
    const where = { id: { in: messages } };
    for (const row of await db.message.findMany({ where, select: { id: true, conversationId: true } }))
      places.set(row.id, asId("conversation", row.conversationId));
  }
  if (contacts.length > 0) {
    const where = { contactId: { in: contacts } };
    for (const row of await db.conversation.findMany({ where, select: { id: true, contactId: true } }))
      places.set(row.contactId, asId("conversation", row.id));
  }
  return places;
}
