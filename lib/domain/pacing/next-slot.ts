import type { WaitReason } from "#lib/domain/messages/schema.ts";
import { DAY_MS, dayIn, nextMidnight, quietUntil } from "./local-time.ts";
import type { PacingSettings, StopReason } from "./schema.ts";
import { type Bucket, type BucketSize, msUntilToken, refill, takeToken } from "./token-bucket.ts";

/**
 * Decides when a message may leave. All messages of a channel share one bucket (DESIGN.md D5). Replies
 * may empty it; what goes to people who did not ask (campaigns, first contacts, the API to quiet chats)
 * leaves at half the pace and only while the bucket is more than half full, so replies go before.
 *
 * Who finds no token joins a line and comes back at the moment given. The token is taken only on
 * leaving: after an outage, those whose moment has passed do not all leave at once.
 */
export type SendKind = "reply" | "first_contact" | "outreach";

export type SlotRequest = {
  kind: SendKind;
  /** A person pressed Send: a first contact counts, but needs no jitter and no waking hours. */
  byMember: boolean;
  /** Counted as a first contact before. */
  repeated: boolean;
  waiting: { reason: WaitReason; until: Date | null } | null;
};

export type PacingState = {
  bucket: Bucket | null;
  repliesAfter: Date | null;
  outreachAfter: Date | null;
  day: string | null;
  firstContacts: number;
  stopped: StopReason | null;
  connectedFirstAt: Date;
};

export type Surroundings = { settings: PacingSettings; timeZone: string; now: Date; random: () => number };

export type Slot = { state: PacingState } & (
  | { leave: true }
  | { leave: false; reason: WaitReason; until: Date | null }
);

/** First contacts allowed on the first days of a connection; then the setting. */
export const WARM_UP = [10, 20, 40, 80] as const;

/** Jobs come a little before or after their moment. */
const EARLY_MS = 50;

export function nextSlot(state: PacingState, request: SlotRequest, around: Surroundings): Slot {
  const { settings, now } = around;
  if (state.stopped && isHeldBy(state.stopped, request.kind)) return wait(state, "stopped", null);
  if (settings.perMinute === null) return { leave: true, state };
  const size = bucketSize(settings.perMinute);
  const known = { ...state, bucket: refill(state.bucket, size, now.getTime()) };
  if (request.kind === "reply") return replySlot(known, request, size, around);
  return outreachSlot(known, request, size, around);
}

/** A restriction on opening chats leaves the conversations with those who wrote. */
export function isHeldBy(stopped: StopReason, kind: SendKind): boolean {
  return kind !== "reply" || (stopped !== "restricted" && stopped !== "refusals");
}

export function bucketSize(perMinute: number): BucketSize {
  return { burst: Math.max(1, Math.ceil(perMinute / 5)), perMs: perMinute / 60_000 };
}

/** Of today, as it is on the clock of the business. */
export function firstContactsMax(settings: PacingSettings, connectedFirstAt: Date, now: Date) {
  const day = Math.max(0, Math.floor((now.getTime() - connectedFirstAt.getTime()) / DAY_MS));
  const warm = settings.warmUp ? WARM_UP[day] : undefined;
  if (warm === undefined || warm >= settings.firstContactsPerDay)
    return { max: settings.firstContactsPerDay, warmUpDay: null };
  return { max: warm, warmUpDay: day + 1 };
}

type Filled = PacingState & { bucket: Bucket };

function replySlot(state: Filled, request: SlotRequest, size: BucketSize, { now }: Surroundings): Slot {
  const first = isDue(request, now) || !state.repliesAfter || state.repliesAfter <= now;
  const bucket = first ? takeToken(state.bucket) : null;
  if (bucket) return { leave: true, state: { ...state, bucket } };
  const token = now.getTime() + msUntilToken(state.bucket, size);
  const behind = (state.repliesAfter?.getTime() ?? 0) + 1 / size.perMs;
  const until = new Date(Math.ceil(Math.max(token, behind)));
  return wait({ ...state, repliesAfter: until }, "pace", until);
}

function outreachSlot(state: Filled, request: SlotRequest, size: BucketSize, around: Surroundings): Slot {
  const { settings, timeZone, now } = around;
  const quiet = request.byMember ? null : quietUntil(settings.quietHours, timeZone, now);
  if (quiet) return joinOutreach(state, "quiet_hours", quiet, size, around);
  const counted = request.kind === "first_contact" && !request.repeated;
  const today = dayIn(timeZone, now);
  const firstContacts = state.day === today ? state.firstContacts : 0;
  if (counted) {
    const { max, warmUpDay } = firstContactsMax(settings, state.connectedFirstAt, now);
    const until = nextMidnight(timeZone, now);
    if (firstContacts >= max) return wait(state, warmUpDay ? "warm_up" : "first_contacts", until);
  }
  const slot = request.byMember
    ? replySlot(state, request, size, around)
    : spacedSlot(state, request, size, around);
  if (!slot.leave || !counted) return slot;
  return { leave: true, state: { ...slot.state, day: today, firstContacts: firstContacts + 1 } };
}

function spacedSlot(state: Filled, request: SlotRequest, size: BucketSize, around: Surroundings): Slot {
  const { now } = around;
  const reserve = Math.floor(size.burst / 2);
  const due = isDue(request, now);
  const first = due || !state.outreachAfter || state.outreachAfter <= now;
  const bucket = first ? takeToken(state.bucket, reserve) : null;
  if (!bucket) {
    const token = new Date(now.getTime() + msUntilToken(state.bucket, size, reserve));
    return joinOutreach(state, "pace", token, size, around);
  }
  // Who waited has left its gap when it joined the line.
  const outreachAfter = due ? state.outreachAfter : new Date(now.getTime() + gapMs(size, around));
  return { leave: true, state: { ...state, bucket, outreachAfter } };
}

function joinOutreach(
  state: Filled,
  reason: WaitReason,
  earliest: Date,
  size: BucketSize,
  around: Surroundings,
): Slot {
  const until = new Date(Math.ceil(Math.max(earliest.getTime(), state.outreachAfter?.getTime() ?? 0)));
  const outreachAfter = new Date(until.getTime() + gapMs(size, around));
  return wait({ ...state, outreachAfter }, reason, until);
}

function gapMs(size: BucketSize, { settings, random }: Surroundings): number {
  const [least, most] = settings.jitterMs;
  return 2 / size.perMs + least + random() * (most - least);
}

/** It has waited for its place in a line, and this is the moment it was given. */
function isDue({ waiting }: SlotRequest, now: Date): boolean {
  if (!waiting?.until || (waiting.reason !== "pace" && waiting.reason !== "quiet_hours")) return false;
  return waiting.until.getTime() <= now.getTime() + EARLY_MS;
}

function wait(state: PacingState, reason: WaitReason, until: Date | null): Slot {
  return { leave: false, state, reason, until };
}
