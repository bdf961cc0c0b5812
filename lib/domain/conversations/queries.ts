import { type Db, tenantTransaction } from "#lib/db/client.ts";
import { matchingContact } from "#lib/domain/contacts/queries.ts";
import type { Ctx, Tx } from "#lib/domain/context.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { type ConversationRow, presentConversation, WITH_CONTACT } from "./present.ts";
import type { ConversationView, ListConversations } from "./schema.ts";

/** Newest first: chats with a person, and the groups that the tenant allows. */
export async function listConversations(ctx: Ctx, query: ListConversations): Promise<Page<ConversationView>> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.conversation.findMany({
      where: {
        lastMessageId: { not: null },
        ...(query.status && { status: query.status }),
        ...(query.unread && { unreadCount: { gt: 0 } }),
        ...(query.channelId && { channelId: query.channelId }),
        allowed: true,
        contact: matchingContact(query.q),
        ...olderThan("lastMessageAt", decodeCursor(query.cursor)),
      },
      orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
      take: query.limit + 1,
      include: WITH_CONTACT,
    }),
  );
  return pageOf(
    rows,
    query.limit,
    ({ lastMessageAt, id }) => ({ at: lastMessageAt, id }),
    presentConversation,
  );
}

export async function getConversation(ctx: Ctx, id: ConversationId): Promise<ConversationView> {
  const row = await tenantTransaction(ctx.tenantId, (db) => findConversation(db, id));
  if (!row) throw new AppError("not_found");
  return presentConversation(row);
}

/** The conversation, or the one it was merged into: links and open browsers keep the old id for a while. */
export async function findConversation(db: Db, id: string): Promise<ConversationRow | null> {
  const row = await db.conversation.findUnique({ where: { id }, include: WITH_CONTACT });
  if (row) return row;
  const into = await mergedInto(db, id);
  return into ? findConversation(db, into) : null;
}

async function mergedInto(db: Db, conversationId: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ into: string }[]>`
    select moved_conversation ->> 'intoId' as into
    from contact_merges, jsonb_array_elements(moved -> 'conversations') as moved_conversation
    where undone_at is null and moved_conversation ->> 'id' = ${conversationId}
      and moved_conversation ->> 'intoId' is not null
    limit 1`;
  return rows[0]?.into ?? null;
}

/** The conversation, locked until the transaction ends, so that its counters change one at a time. */
export async function requireConversation(tx: Tx, id: string): Promise<ConversationRow> {
  await tx.db.$executeRaw`select 1 from conversations where id = ${id} for update`;
  const row = await tx.db.conversation.findUnique({ where: { id }, include: WITH_CONTACT });
  if (row) return row;
  const into = await mergedInto(tx.db, id);
  if (!into) throw new AppError("not_found");
  return requireConversation(tx, into);
}
