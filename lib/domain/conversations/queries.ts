import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx, Tx } from "#lib/domain/context.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { type ConversationRow, presentConversation, WITH_CONTACT } from "./present.ts";
import type { ConversationView, ListConversations } from "./schema.ts";

/** Newest first. One-to-one chats only: groups show when the tenant allows them. */
export async function listConversations(ctx: Ctx, query: ListConversations): Promise<Page<ConversationView>> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.conversation.findMany({
      where: {
        lastMessageId: { not: null },
        ...(query.status && { status: query.status }),
        ...(query.unread && { unreadCount: { gt: 0 } }),
        ...(query.channelId && { channelId: query.channelId }),
        contact: { kind: "person", ...matching(query.q) },
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

function matching(q: string | undefined): Prisma.ContactWhereInput {
  if (!q) return {};
  // To Prisma these would stand for anything.
  const words = q.replace(/[\\%_]/g, "\\$&");
  const names: Prisma.ContactWhereInput[] = [
    { name: { contains: words, mode: "insensitive" } },
    { profileName: { contains: words, mode: "insensitive" } },
  ];
  const digits = q.replace(/\D/g, "");
  return { OR: digits.length >= 3 ? [...names, { phone: { contains: digits } }] : names };
}

export async function getConversation(ctx: Ctx, id: ConversationId): Promise<ConversationView> {
  const row = await tenantTransaction(ctx.tenantId, (db) =>
    db.conversation.findUnique({ where: { id }, include: WITH_CONTACT }),
  );
  if (!row) throw new AppError("not_found");
  return presentConversation(row);
}

/** The conversation, locked until the transaction ends, so that its counters change one at a time. */
export async function requireConversation(tx: Tx, id: string): Promise<ConversationRow> {
  await tx.db.$executeRaw`select 1 from conversations where id = ${id} for update`;
  const row = await tx.db.conversation.findUnique({ where: { id }, include: WITH_CONTACT });
  if (!row) throw new AppError("not_found");
  return row;
}
