import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { presentEvents } from "./present-event.ts";
import type { RealtimeEvent } from "./schema.ts";

/** More missed than this and reading everything anew is quicker. */
const CATCH_UP_MAX = 200;

export type Changes = { data: RealtimeEvent[]; seq: number; reset: boolean };

/** What happened after event `after`; `reset` when that is too much or too long ago to tell. */
export async function listChanges(ctx: Ctx, after: number | undefined): Promise<Changes> {
  return tenantTransaction(ctx.tenantId, async (db) => {
    const sequence = await db.tenantSequence.findUnique({ where: { tenantId: ctx.tenantId } });
    const seq = Number(sequence?.lastSeq ?? 0);
    if (after === undefined) return { data: [], seq, reset: false };
    if (after > seq || seq - after > CATCH_UP_MAX) return { data: [], seq, reset: true };
    const events = await db.domainEvent.findMany({
      where: { seq: { gt: after, lte: seq } },
      orderBy: { seq: "asc" },
    });
    if (events.length < seq - after) return { data: [], seq, reset: true };
    return { data: await presentEvents(db, events), seq, reset: false };
  });
}
