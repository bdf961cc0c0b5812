import { isId } from "#lib/kernel/ids.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { InboundEventFilter, InboundEventStatus } from "./schema.ts";

/**
 * The filter as SQL. States are written out rather than passed as parameters, because only so does the
 * planner know that a partial index holds them.
 */
const STATUS: Record<InboundEventStatus, Prisma.Sql> = {
  pending: Prisma.sql`status = 'pending'`,
  processed: Prisma.sql`status = 'processed'`,
  ignored: Prisma.sql`status = 'ignored'`,
  failed: Prisma.sql`status = 'failed'`,
};

/**
 * What an index can answer. The tenant is the policy's alone to say: said twice, the planner would take
 * the rows for twenty times fewer than they are.
 */
export function indexedConditions(filter: InboundEventFilter): Prisma.Sql {
  const { channelId, name, status, from, to } = filter;
  const exact = filter.q === undefined ? null : exactSearch(filter.q);
  const all = [
    Prisma.sql`true`,
    ...(channelId ? [Prisma.sql`channel_id = ${channelId}`] : []),
    ...(name ? [Prisma.sql`name = ${name}`] : []),
    ...(status ? [STATUS[status]] : []),
    ...(from ? [Prisma.sql`received_at >= ${new Date(from)}`] : []),
    ...(to ? [Prisma.sql`received_at < ${new Date(to)}`] : []),
    ...(exact ? [exact] : []),
  ];
  return Prisma.join(all, " and ");
}

function exactSearch(q: string): Prisma.Sql | null {
  if (isId("inboundEvent", q)) return Prisma.sql`id = ${q}`;
  // By way of the channels, so that the unique index on channel and hash answers.
  if (/^[0-9a-f]{64}$/.test(q))
    return Prisma.sql`content_hash = ${q} and channel_id in (select id from channels)`;
  return null;
}

/** What has to be looked for in every body; null when the index says it all. */
export function textSearch(filter: InboundEventFilter): Prisma.Sql | null {
  const { q } = filter;
  if (q === undefined || exactSearch(q)) return null;
  const needles = needlesOf(q).map((needle) => Prisma.sql`body ilike ${`%${likeLiteral(needle)}%`}`);
  return Prisma.sql`(chat_key = ${q} or ${Prisma.join(needles, " or ")})`;
}

/** As the text stands in JSON; a phone number also as WhatsApp writes it, in digits. */
export function needlesOf(q: string): string[] {
  const inJson = JSON.stringify(q).slice(1, -1);
  const digits = q.replace(/[\s()+.-]/g, "");
  return /^\d{6,}$/.test(digits) && digits !== q ? [inJson, digits] : [inJson];
}

/** The same question to a body whose secrets are gone, so that a search cannot spell them out. */
export function matchesShown(q: string, chatKey: string, shown: string): boolean {
  const text = shown.toLowerCase();
  return chatKey === q || needlesOf(q).some((needle) => text.includes(needle.toLowerCase()));
}

function likeLiteral(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
