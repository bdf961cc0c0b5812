import { tenantTransaction } from "#lib/db/client.ts";
import type { ListGroups } from "#lib/domain/contacts/schema.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { presentConversation, WITH_CONTACT } from "./present.ts";
import type { ConversationView } from "./schema.ts";

/** Every group that has written on a channel, allowed or not, the latest first. */
export async function listGroups(ctx: Ctx, query: ListGroups): Promise<Page<ConversationView>> {
  const rows = await tenantTransaction(ctx.tenantId, async (db) => {
    const channel = await db.channel.findUnique({ where: { id: query.channelId }, select: { id: true } });
    if (!channel) throw new AppError("not_found");
    return db.conversation.findMany({
      where: {
        channelId: query.channelId,
        addressKind: "group",
        ...olderThan("lastMessageAt", decodeCursor(query.cursor)),
      },
      orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
      take: query.limit + 1,
      include: WITH_CONTACT,
    });
  });
  return pageOf(
    rows,
    query.limit,
    ({ lastMessageAt, id }) => ({ at: lastMessageAt, id }),
    presentConversation,
  );
}
