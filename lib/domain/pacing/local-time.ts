import { zoneOffsetMs } from "#lib/i18n/format.ts";
import type { PacingSettings } from "./schema.ts";

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** When the quiet hours that are now end; null outside them. */
export function quietUntil(quiet: PacingSettings["quietHours"], timeZone: string, now: Date): Date | null {
  if (!quiet) return null;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const local = localMs(timeZone, now);
  const minute = Math.floor((local % DAY_MS) / MINUTE_MS);
  const inside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return null;
  const midnight = local - (local % DAY_MS);
  return fromLocal(timeZone, midnight + (minute < to ? 0 : DAY_MS) + to * MINUTE_MS, now);
}

/** `2026-11-20`, on the zone's calendar. */
export function dayIn(timeZone: string, now: Date): string {
  return new Date(localMs(timeZone, now)).toISOString().slice(0, 10);
}

export function nextMidnight(timeZone: string, now: Date): Date {
  const local = localMs(timeZone, now);
  return fromLocal(timeZone, local - (local % DAY_MS) + DAY_MS, now);
}

function minutesOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function localMs(timeZone: string, at: Date): number {
  return at.getTime() + zoneOffsetMs(at, timeZone);
}

/** The clock may be put forward or back between `near` and the moment asked for. */
function fromLocal(timeZone: string, local: number, near: Date): Date {
  const guess = new Date(local - zoneOffsetMs(near, timeZone));
  return new Date(local - zoneOffsetMs(guess, timeZone));
}
