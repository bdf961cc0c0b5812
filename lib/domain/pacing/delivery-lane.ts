import { emit, enqueue, type Tx } from "#lib/domain/context.ts";
import { WAIT_REASONS, type WaitReason } from "#lib/domain/messages/schema.ts";
import { asId, type MessageId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { readPacing, STOP_REASONS, type StopReason } from "./schema.ts";

/**
 * Waiting messages. A job that is put off lets the later jobs of its key pass (pg-boss, policies), and
 * one that fails comes back when the queue likes; so a message that waits ends its job, and the rows
 * keep the order:
 *
 *   wait_until set    it has a moment, and a job that starts then
 *   wait_until null   it stands behind another message of its chat, or sending is stopped; whoever
 *                     leaves wakes the next one, and resuming wakes the first
 */
export type Lane = {
  conversationId: string;
  lastInboundAt: Date | null;
  addressKind: string;
  paced: boolean;
  stopped: StopReason | null;
  /** The first of the others that wait in this chat; campaign messages last, because anything else may pass them. */
  waiting: { id: MessageId; orderedAt: Date; fromCampaign: boolean; reason: string } | null;
};

type LaneRow = {
  conversation_id: string;
  last_inbound_at: Date | null;
  address_kind: string;
  pacing: unknown;
  stop_reason: string | null;
  waiting_id: string | null;
  waiting_at: Date | null;
  waiting_author: string | null;
  waiting_reason: string | null;
};

/**
 * The message with its chat locked, and what deciding usually needs, in the round trips that
 * `requireMessage` takes. Null when it is gone.
 */
export async function lockForDelivery(
  tx: Tx,
  messageId: MessageId,
): Promise<{ message: Message; lane: Lane } | null> {
  for (;;) {
    const lane = await lockLane(tx, messageId);
    const message = lane && (await tx.db.message.findUnique({ where: { id: messageId } }));
    if (!message) return null;
    // A merge of contacts may have moved it while we waited for the conversation it was in.
    if (lane.conversationId === message.conversationId) return { message, lane };
  }
}

async function lockLane(tx: Tx, messageId: MessageId): Promise<Lane | null> {
  const [row] = await tx.db.$queryRaw<LaneRow[]>`
    select c.id as conversation_id, c.last_inbound_at, c.address_kind::text, h.pacing, h.stop_reason,
           w.id as waiting_id, w.ordered_at as waiting_at, w.author_kind::text as waiting_author,
           w.wait_reason as waiting_reason
    from conversations c
    join channels h on h.id = c.channel_id
    left join lateral (
      select id, ordered_at, author_kind, wait_reason from messages
      where conversation_id = c.id and status = 'queued' and wait_reason is not null and id <> ${messageId}
      order by author_kind = 'campaign', ordered_at, id limit 1
    ) w on true
    where c.id = (select conversation_id from messages where id = ${messageId})
    for update of c`;
  if (!row) return null;
  return {
    conversationId: row.conversation_id,
    lastInboundAt: row.last_inbound_at,
    addressKind: row.address_kind,
    paced: readPacing(row.pacing).perMinute !== null,
    stopped: STOP_REASONS.find((known) => known === row.stop_reason) ?? null,
    waiting:
      row.waiting_id === null || row.waiting_at === null
        ? null
        : {
            id: asId("message", row.waiting_id),
            orderedAt: row.waiting_at,
            fromCampaign: row.waiting_author === "campaign",
            reason: row.waiting_reason ?? "",
          },
  };
}

/** True when another message of the chat has to leave before this one. */
export function standsBehind(message: Message, { waiting }: Lane): boolean {
  if (!waiting || (waiting.fromCampaign && message.authorKind !== "campaign")) return false;
  const apart = waiting.orderedAt.getTime() - message.orderedAt.getTime();
  return apart < 0 || (apart === 0 && waiting.id < message.id);
}

/** Writes why a message waits; the browsers are told when that is news. */
export async function putOff(
  tx: Tx,
  message: Message,
  { reason, until }: { reason: WaitReason; until: Date | null },
  now: Date,
): Promise<void> {
  if (until) {
    const startAfterS = Math.max(0, until.getTime() - now.getTime()) / 1000;
    wakeMessage(tx, asId("message", message.id), message.conversationId, startAfterS);
  }
  if (message.waitReason === reason && message.waitUntil?.getTime() === until?.getTime()) return;
  await tx.db.message.update({
    where: { id: message.id },
    data: { waitReason: reason, waitUntil: until },
    select: { id: true },
  });
  emit(tx, { type: "message.updated", messageId: message.id, conversationId: message.conversationId });
}

/** For what leaves the queue, by being sent or given up: the next of its chat may try. */
export function wakeNext(tx: Tx, lane: Pick<Lane, "conversationId" | "waiting">): void {
  if (lane.waiting) wakeMessage(tx, lane.waiting.id, lane.conversationId, 0);
}

export function wakeMessage(tx: Tx, messageId: MessageId, conversationId: string, startAfterS: number): void {
  enqueue(tx, "deliver-message", { messageId }, { key: conversationId, startAfterS });
}

/** After a change of the rules: everybody who waits on the channel asks again, the first of each chat first. */
export async function wakeChannel(tx: Tx, channelId: string): Promise<void> {
  await tx.db.$executeRaw`
    update messages set wait_until = null
    where channel_id = ${channelId} and status = 'queued' and wait_reason is not null`;
  await tx.db.$executeRaw`
    update channels set replies_after = null, outreach_after = null where id = ${channelId}`;
  const firsts = await tx.db.$queryRaw<{ id: string; conversation_id: string }[]>`
    select distinct on (conversation_id, author_kind = 'campaign') id, conversation_id from messages
    where channel_id = ${channelId} and status = 'queued' and wait_reason is not null
    order by conversation_id, author_kind = 'campaign', ordered_at, id`;
  for (const { id, conversation_id } of firsts) wakeMessage(tx, asId("message", id), conversation_id, 0);
}

export function waitReasonOf(message: Pick<Message, "waitReason">): WaitReason | null {
  return WAIT_REASONS.find((known) => known === message.waitReason) ?? null;
}
