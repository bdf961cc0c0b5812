import { audit } from "#lib/domain/audit.ts";
import { type Ctx, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type InboundEventId } from "#lib/kernel/ids.ts";
import { assertMayReadEventLog } from "./policy.ts";
import { processingKey } from "./processing-key.ts";
import { getInboundEvent, matchingIds } from "./queries.ts";
import { type InboundEventDetail, REPLAY_MAX, type Replayed, type ReplayInboundEvents } from "./schema.ts";

/**
 * Has an event understood and applied again, in its chat's turn. What it already became stays as it is:
 * applying is idempotent.
 */
export async function replayInboundEvent(ctx: Ctx, id: InboundEventId): Promise<InboundEventDetail> {
  assertMayReadEventLog(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    if ((await queueAgain(tx, [id])) === 0) throw new AppError("not_found");
    await audit(tx, "inbound_event.replayed", id);
  });
  return getInboundEvent(ctx, id);
}

/** A selection or everything a filter finds, at most `REPLAY_MAX`; more than that is refused whole. */
export async function replayInboundEvents(ctx: Ctx, input: ReplayInboundEvents): Promise<Replayed> {
  assertMayReadEventLog(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const ids = input.ids ?? (await findForReplay(tx, input.filter ?? {}));
    const queued = await queueAgain(tx, ids);
    await audit(tx, "inbound_events.replayed", ctx.tenantId, { queued });
    return { queued };
  });
}

async function findForReplay(tx: Tx, filter: NonNullable<ReplayInboundEvents["filter"]>): Promise<string[]> {
  const { ids, complete } = await matchingIds(tx.db, filter, REPLAY_MAX);
  if (complete) return ids;
  const message = `finds more than ${REPLAY_MAX} events, or more than can be searched at once: give a shorter time`;
  throw new AppError("invalid_input", { fields: [{ path: "filter", code: "too_many", message }] });
}

async function queueAgain(tx: Tx, ids: readonly string[]): Promise<number> {
  const rows = await tx.db.$queryRaw<{ id: string; channelId: string; chatKey: string }[]>`
    with again as (
      update inbound_events set status = 'pending', error_code = null, error_detail = null, processed_at = null
      where id = any(${ids}) returning id, channel_id, chat_key, received_at)
    select id, channel_id as "channelId", chat_key as "chatKey" from again order by received_at, id`;
  for (const row of rows) {
    const key = processingKey(row);
    enqueue(tx, "process-inbound-event", { inboundEventId: asId("inboundEvent", row.id) }, { key });
  }
  return rows.length;
}
