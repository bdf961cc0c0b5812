import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx, Tx } from "#lib/domain/context.ts";
import { findConversation } from "#lib/domain/conversations/queries.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId, MessageId } from "#lib/kernel/ids.ts";
import type { Page, PageQuery } from "#lib/kernel/page-schema.ts";
import type { Message } from "#prisma/generated/client.ts";
import { presentMessage, SHOWN_WITH } from "./present.ts";
import type { MessageView } from "./schema.ts";

/** Newest first. */
export async function listMessages(
  ctx: Ctx,
  conversationId: ConversationId,
  query: PageQuery,
): Promise<Page<MessageView>> {
  const rows = await tenantTransaction(ctx.tenantId, async (db) => {
    const conversation = await findConversation(db, conversationId);
    if (!conversation) throw new AppError("not_found");
    return db.message.findMany({
      where: {
        conversationId: conversation.id,
        type: { not: "reaction" },
        ...olderThan("orderedAt", decodeCursor(query.cursor)),
      },
      orderBy: [{ orderedAt: "desc" }, { id: "desc" }],
      take: query.limit + 1,
      include: SHOWN_WITH,
    });
  });
  return pageOf(
    rows,
    query.limit,
    ({ orderedAt, id }) => ({ at: orderedAt, id }),
    (row) => presentMessage(row),
  );
}

export async function getMessage(ctx: Ctx, id: MessageId): Promise<MessageView> {
  const row = await tenantTransaction(ctx.tenantId, (db) =>
    db.message.findUnique({ where: { id }, include: SHOWN_WITH }),
  );
  if (!row) throw new AppError("not_found");
  return presentMessage(row);
}

/**
 * The message, with its conversation locked until the transaction ends. Every change of a message
 * takes the conversation's lock and no other, so that no two changes wait for each other.
 */
export async function requireMessage(tx: Tx, id: string): Promise<Message> {
  for (;;) {
    const locked = await tx.db.$queryRaw<{ id: string }[]>`
      select id from conversations where id = (select conversation_id from messages where id = ${id}) for update`;
    const message = await tx.db.message.findUnique({ where: { id } });
    if (!message) throw new AppError("not_found");
    // A merge of contacts may have moved it while we waited for the conversation it was in.
    if (locked[0]?.id === message.conversationId) return message;
  }
}

/**
 * The message with the provider's id on a channel, locked. When there is none yet, the id itself stays
 * locked, so that whoever inserts the message and whoever holds something for it see each other.
 */
export async function lockByExternalId(
  tx: Tx,
  channelId: string,
  externalId: string,
): Promise<Message | null> {
  const where = { tenantId_channelId_externalId: { tenantId: tx.tenantId, channelId, externalId } };
  const find = async () => {
    const found = await tx.db.message.findUnique({ where, select: { id: true } });
    return found ? requireMessage(tx, found.id) : null;
  };
  const found = await find();
  if (found) return found;
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${channelId}:${externalId}`}, 0))`;
  return find();
}
