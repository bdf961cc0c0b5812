import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type ConversationId } from "#lib/kernel/ids.ts";
import type { Gap } from "#prisma/generated/client.ts";
import { GAP_REASONS, type GapView } from "./schema.ts";

/** Oldest first. */
export async function listGaps(ctx: Ctx, conversationId: ConversationId): Promise<GapView[]> {
  const rows = await tenantTransaction(ctx.tenantId, async (db) => {
    const where = { id: conversationId };
    const conversation = await db.conversation.findUnique({ where, select: { id: true } });
    if (!conversation) throw new AppError("not_found");
    return db.gap.findMany({ where: { conversationId }, orderBy: { from: "asc" } });
  });
  return rows.map(presentGap);
}

function presentGap({ id, conversationId, from, to, reason }: Gap): GapView {
  return {
    id: asId("gap", id),
    conversationId: asId("conversation", conversationId),
    from: from.toISOString(),
    to: to.toISOString(),
    reason: GAP_REASONS.find((known) => known === reason) ?? "not_asked",
  };
}
