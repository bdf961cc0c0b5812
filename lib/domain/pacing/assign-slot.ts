import type { Tx } from "#lib/domain/context.ts";
import type { Clock } from "#lib/kernel/clock.ts";
import type { Channel, Message } from "#prisma/generated/client.ts";
import { type Lane, putOff, standsBehind, waitReasonOf, wakeMessage, wakeNext } from "./delivery-lane.ts";
import { nextSlot, type PacingState, type SendKind, type SlotRequest } from "./next-slot.ts";
import { readPacing, STOP_REASONS } from "./schema.ts";
import { stopSending } from "./stop-sending.ts";

/** A customer who wrote within this time is in a conversation with us. */
const CONVERSATION_MS = 24 * 3_600_000;

/** So many sends in so long a time without one tick: something holds our messages back. */
const SILENT = { sends: 30, ms: 30 * 60_000 };

/**
 * May this queued message leave now? True: its token is taken and the next of its chat is woken. False:
 * its row says why it waits, and it will be asked again. Costs nothing where pacing is off.
 */
export async function assignSlot(tx: Tx, message: Message, lane: Lane, clock: Clock): Promise<boolean> {
  const now = clock.now();
  if (standsBehind(message, lane)) {
    await waitInOrder(tx, message, lane, now);
    return false;
  }
  // An earlier job than the one it waits for.
  if (message.waitUntil && message.waitUntil.getTime() > now.getTime() + 50 && !isAnswer(message, lane, now))
    return false;
  if (lane.paced || lane.stopped) {
    const wait = await askChannel(tx, message, lane, now);
    if (wait) {
      await putOff(tx, message, wait, now);
      return false;
    }
  }
  wakeNext(tx, lane);
  return true;
}

/** Behind another message of the chat; that one asks again when the customer has written meanwhile. */
async function waitInOrder(tx: Tx, message: Message, lane: Lane, now: Date): Promise<void> {
  if (!lane.waiting) return;
  const reason = waitReasonOf({ waitReason: lane.waiting.reason }) ?? "pace";
  if (reason !== "pace" && wroteLately(lane, now)) wakeMessage(tx, lane.waiting.id, lane.conversationId, 0);
  await putOff(tx, message, { reason, until: null }, now);
}

function wroteLately({ lastInboundAt }: Lane, now: Date): boolean {
  return lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() < CONVERSATION_MS;
}

/** Held back as an unasked message, and the customer has written since. */
function isAnswer(message: Message, lane: Lane, now: Date): boolean {
  return message.waitReason !== "pace" && message.authorKind !== "campaign" && wroteLately(lane, now);
}

async function askChannel(tx: Tx, message: Message, lane: Lane, now: Date) {
  const { channel, timeZone, reached } = await lockChannel(tx, message);
  const request: SlotRequest = {
    kind: kindOf(message, lane, reached, now),
    byMember: message.authorKind === "member",
    repeated: message.attempts > 0,
    waiting: readWaiting(message),
  };
  const settings = readPacing(channel.pacing);
  const slot = nextSlot(stateOf(channel), request, { settings, timeZone, now, random: Math.random });
  if (!slot.leave) {
    await tx.db.channel.update({
      where: { id: channel.id },
      data: columnsOf(slot.state),
      select: { id: true },
    });
    return slot;
  }
  const answered =
    channel.lastReceiptAt && channel.unansweredSince && channel.lastReceiptAt > channel.unansweredSince;
  const fresh = answered || !channel.unansweredSince;
  const unansweredSince = fresh || !channel.unansweredSince ? now : channel.unansweredSince;
  const sendsUnanswered = fresh ? 1 : channel.sendsUnanswered + 1;
  if (sendsUnanswered > SILENT.sends && now.getTime() - unansweredSince.getTime() > SILENT.ms) {
    await stopSending(tx, channel, "silent", now);
    return { reason: "stopped" as const, until: null };
  }
  await tx.db.channel.update({
    where: { id: channel.id },
    data: { ...columnsOf(slot.state), sendsUnanswered, unansweredSince },
    select: { id: true },
  });
  return null;
}

/** Not FOR UPDATE: whoever inserts a message of the channel only needs it to exist. */
async function lockChannel(tx: Tx, { channelId, conversationId }: Message) {
  const [row] = await tx.db.$queryRaw<{ time_zone: string; reached: boolean }[]>`
    select t.time_zone, exists (
      select 1 from messages where conversation_id = ${conversationId} and external_id is not null
    ) as reached
    from channels h join tenants t on t.id = h.tenant_id where h.id = ${channelId} for no key update of h`;
  const channel = await tx.db.channel.findUniqueOrThrow({ where: { id: channelId } });
  return { channel, timeZone: row?.time_zone ?? "UTC", reached: row?.reached ?? false };
}

/** `reached`: a message went this way or that before. */
function kindOf(message: Message, lane: Lane, reached: boolean, now: Date): SendKind {
  const group = lane.addressKind === "group";
  if (!reached && !group && lane.lastInboundAt === null) return "first_contact";
  if (message.authorKind === "campaign") return "outreach";
  if (message.authorKind !== "api" || group || wroteLately(lane, now)) return "reply";
  return "outreach";
}

function readWaiting(message: Message): SlotRequest["waiting"] {
  const reason = waitReasonOf(message);
  return reason && { reason, until: message.waitUntil };
}

function stateOf(channel: Channel): PacingState {
  const { pacingAt, pacingTokens, repliesAfter, outreachAfter, pacingDay, firstContactsToday } = channel;
  return {
    bucket: pacingAt && { tokens: pacingTokens, atMs: pacingAt.getTime() },
    repliesAfter,
    outreachAfter,
    day: pacingDay,
    firstContacts: firstContactsToday,
    stopped: STOP_REASONS.find((known) => known === channel.stopReason) ?? null,
    connectedFirstAt: channel.connectedFirstAt ?? channel.createdAt,
  };
}

function columnsOf({ bucket, repliesAfter, outreachAfter, day, firstContacts }: PacingState) {
  return {
    repliesAfter,
    outreachAfter,
    pacingDay: day,
    firstContactsToday: firstContacts,
    ...(bucket && { pacingTokens: bucket.tokens, pacingAt: new Date(bucket.atMs) }),
  };
}
