import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

/**
 * True when `next` was read before `known`. Answers and events overtake each other: the late answer
 * of a connect must not put an older state over the code that an event has brought meanwhile.
 */
export function isOlder(next: ChannelView, known: ChannelView): boolean {
  if (next.statusSince !== known.statusSince)
    return Date.parse(next.statusSince) < Date.parse(known.statusSince);
  if (next.qr && known.qr) return Date.parse(next.qr.expiresAt) < Date.parse(known.qr.expiresAt);
  return false;
}

export function newerOf(known: ChannelView | undefined, next: ChannelView): ChannelView {
  return known && isOlder(next, known) ? known : next;
}

/** Puts a channel into the list, in its place or as the last one. */
export function upsertChannel(
  list: Page<ChannelView> | undefined,
  channel: ChannelView,
): Page<ChannelView> | undefined {
  if (!list) return undefined;
  const known = list.data.find(({ id }) => id === channel.id);
  if (!known) return { ...list, data: [...list.data, channel] };
  const next = newerOf(known, channel);
  return next === known
    ? list
    : { ...list, data: list.data.map((row) => (row.id === channel.id ? next : row)) };
}

export function removeChannel(
  list: Page<ChannelView> | undefined,
  channelId: string,
): Page<ChannelView> | undefined {
  return list && { ...list, data: list.data.filter(({ id }) => id !== channelId) };
}
