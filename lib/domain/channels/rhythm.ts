import type { Tx } from "#lib/domain/context.ts";
import type { Channel } from "#prisma/generated/client.ts";

/**
 * How a number usually sounds, from the webhooks of its last 14 days:
 *
 *   active hour   an hour of the day (tenant's zone) with a sign of life on at least 6 of 10 days heard
 *   usual pause   the longest of 95 in 100 pauses between two signs of the same day
 *
 * Silent for more than twice its usual pause (never under half an hour), with this hour and the one
 * before both active, it is asked. Less than five days heard say nothing.
 */
const DAYS = 14;
const DAYS_MIN = 5;
const ACTIVE_SHARE = 0.6;
const SILENCE_MIN_S = 30 * 60;

export async function isSuspiciouslySilent(tx: Tx, channel: Channel, timeZone: string): Promise<boolean> {
  const latest = await tx.db.inboundEvent.findFirst({
    where: { channelId: channel.id },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    select: { receivedAt: true },
  });
  if (!latest) return false;
  const silenceS = (Date.now() - latest.receivedAt.getTime()) / 1000;
  if (silenceS < SILENCE_MIN_S) return false;
  const [rhythm] = await tx.db.$queryRaw<Rhythm[]>`
    with heard as (
      select received_at, received_at at time zone ${timeZone} as local,
             lag(received_at) over (order by received_at) as before
      from inbound_events
      where channel_id = ${channel.id} and received_at > now() - make_interval(days => ${DAYS})
    )
    select count(distinct local::date)::int as days,
           count(distinct local::date) filter (
             where extract(hour from local) = extract(hour from now() at time zone ${timeZone}))::int as "daysThisHour",
           count(distinct local::date) filter (
             where extract(hour from local) = extract(hour from (now() - interval '1 hour') at time zone ${timeZone}))::int
             as "daysHourBefore",
           coalesce(percentile_cont(0.95) within group (order by extract(epoch from received_at - before)) filter (
             where (before at time zone ${timeZone})::date = local::date), 0)::float as "pauseS"
    from heard`;
  return rhythm !== undefined && isUnusual(rhythm, silenceS);
}

export type Rhythm = { days: number; daysThisHour: number; daysHourBefore: number; pauseS: number };

export function isUnusual({ days, daysThisHour, daysHourBefore, pauseS }: Rhythm, silenceS: number): boolean {
  if (days < DAYS_MIN) return false;
  const active = Math.min(daysThisHour, daysHourBefore) >= days * ACTIVE_SHARE;
  return active && silenceS > Math.max(SILENCE_MIN_S, 2 * pauseS);
}
