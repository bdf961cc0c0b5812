import {
  INBOUND_EVENT_STATUSES,
  type InboundEventFilter,
  type InboundEventStatus,
} from "#lib/domain/inbound-events/schema.ts";
import { zoneOffsetMs } from "#lib/i18n/format.ts";
import { type ChannelId, isId } from "#lib/kernel/ids.ts";

/** What the event log shows; it stands in the URL. Days are the tenant's, `to` included. */
export type EventFilter = {
  channelId: ChannelId | null;
  name: string | null;
  status: InboundEventStatus | null;
  from: string | null;
  to: string | null;
  q: string;
};

export const EVERYTHING: EventFilter = {
  channelId: null,
  name: null,
  status: null,
  from: null,
  to: null,
  q: "",
};

export function filterFromUrl(params: { get: (name: string) => string | null }): EventFilter {
  const [channel, name] = [params.get("channel"), params.get("name")];
  return {
    channelId: isId("channel", channel) ? channel : null,
    name: name && /^[a-z][a-z0-9._-]{0,63}$/.test(name) ? name : null,
    status: INBOUND_EVENT_STATUSES.find((status) => status === params.get("status")) ?? null,
    from: dayOrNull(params.get("from")),
    to: dayOrNull(params.get("to")),
    q: (params.get("q") ?? "").trim().slice(0, 200),
  };
}

/** `?status=failed&from=2026-11-20`, or nothing for everything. */
export function filterToUrl(filter: EventFilter): string {
  const params = new URLSearchParams();
  const { channelId, ...others } = filter;
  for (const [name, value] of Object.entries({ channel: channelId, ...others }))
    if (value) params.set(name, value);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

export function isFiltered(filter: EventFilter): boolean {
  return filterToUrl(filter) !== "";
}

/** The filter as the API takes it: the tenant's days as moments. */
export function apiFilter(filter: EventFilter, timeZone: string): InboundEventFilter {
  const { channelId, name, status, from, to, q } = filter;
  return {
    ...(channelId && { channelId }),
    ...(name && { name }),
    ...(status && { status }),
    ...(from && { from: dayStart(from, timeZone).toISOString() }),
    ...(to && { to: dayStart(dayAfter(to), timeZone).toISOString() }),
    ...(q !== "" && { q }),
  };
}

/** Events up to a moment, so that what arrives later does not push the list about. */
export function upTo(filter: InboundEventFilter, moment: string): InboundEventFilter {
  return { ...filter, to: filter.to !== undefined && filter.to < moment ? filter.to : moment };
}

/** Those that arrived after the moment up to which the list shows. */
export function since(filter: InboundEventFilter, moment: string): InboundEventFilter {
  return { ...filter, from: filter.from !== undefined && filter.from > moment ? filter.from : moment };
}

function dayOrNull(value: string | null): string | null {
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  return Number.isNaN(Date.parse(`${value}T00:00:00Z`)) ? null : value;
}

function dayStart(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = new Date(midnight - zoneOffsetMs(new Date(midnight), timeZone));
  // Twice, for days on which the clock is moved.
  return new Date(midnight - zoneOffsetMs(guess, timeZone));
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
