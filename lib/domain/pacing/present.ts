import { asId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { dayIn, quietUntil } from "./local-time.ts";
import { firstContactsMax } from "./next-slot.ts";
import { type PacingView, readPacing, STOP_REASONS } from "./schema.ts";

export function presentPacing(channel: Channel, waiting: number, timeZone: string, now: Date): PacingView {
  const settings = readPacing(channel.pacing);
  const off = settings.perMinute === null;
  const { max, warmUpDay } = firstContactsMax(settings, channel.connectedFirstAt ?? channel.createdAt, now);
  const reason = STOP_REASONS.find((known) => known === channel.stopReason);
  return {
    channelId: asId("channel", channel.id),
    settings,
    today: {
      firstContacts: channel.pacingDay === dayIn(timeZone, now) ? channel.firstContactsToday : 0,
      firstContactsMax: off ? null : max,
      warmUpDay: off ? null : warmUpDay,
      quietUntil: off ? null : (quietUntil(settings.quietHours, timeZone, now)?.toISOString() ?? null),
    },
    waiting,
    stopped: reason && channel.stoppedAt ? { at: channel.stoppedAt.toISOString(), reason } : null,
  };
}
