import type { LocalMessage } from "./local-message.ts";

/** One message with what stands around it. Plain values, so that an unchanged row is not drawn again. */
export type ThreadRow = {
  message: LocalMessage;
  /** The first of its day in the tenant's zone. */
  startsDay: boolean;
  /** The unread messages begin here. */
  isFirstUnread: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
  /** The newest of all: where the keyboard comes in. */
  isLast: boolean;
  /** The pictures sent together, on the first of them; empty on the others, which show nothing themselves. */
  album: readonly LocalMessage[] | null;
};

/** Nothing about the row would be drawn differently. */
export function sameRow(a: ThreadRow, b: ThreadRow | undefined): boolean {
  return (
    b !== undefined &&
    a.message === b.message &&
    a.startsDay === b.startsDay &&
    a.isFirstUnread === b.isFirstUnread &&
    a.startsGroup === b.startsGroup &&
    a.endsGroup === b.endsGroup &&
    a.isLast === b.isLast &&
    a.album?.length === b.album?.length &&
    (a.album ?? []).every((message, index) => message === b.album?.[index])
  );
}

/** Consecutive messages of one author within this time hang together. */
const GROUP_MS = 5 * 60_000;

export function threadRows(
  messages: readonly LocalMessage[],
  timeZone: string,
  firstUnreadId: string | null,
): ThreadRow[] {
  const albums = albumsIn(messages);
  const days = messages.map((message) => dayOf(message.sentAt, timeZone));
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const next = messages[index + 1];
    const newDay = days[index] !== days[index - 1];
    return {
      message,
      album: albums.get(message.id) ?? null,
      isLast: next === undefined,
      startsDay: newDay,
      isFirstUnread: message.id === firstUnreadId,
      startsGroup:
        newDay || message.id === firstUnreadId || previous === undefined || !hangTogether(previous, message),
      endsGroup:
        next === undefined ||
        days[index + 1] !== days[index] ||
        next.id === firstUnreadId ||
        !hangTogether(message, next),
    };
  });
}

const NONE: readonly LocalMessage[] = [];

/** Runs of two and more photos and videos of one album, by the id of each of their messages. */
function albumsIn(messages: readonly LocalMessage[]): Map<string, readonly LocalMessage[]> {
  const albums = new Map<string, readonly LocalMessage[]>();
  let run: LocalMessage[] = [];
  const close = () => {
    const [first, ...rest] = run;
    if (first && rest.length > 0) {
      albums.set(first.id, run);
      for (const { id } of rest) albums.set(id, NONE);
    }
    run = [];
  };
  for (const message of messages) {
    if (run[0] && !sameAlbum(run[0], message)) close();
    if (isAlbumItem(message)) run.push(message);
  }
  close();
  return albums;
}

/** With words, a quote or a reaction of its own, a picture stands alone. */
function isAlbumItem({ albumId, type, text, deletedAt, status, reactions }: LocalMessage): boolean {
  const picture = type === "image" || type === "video";
  return albumId !== null && picture && !text && !deletedAt && status !== "failed" && reactions.length === 0;
}

function sameAlbum(a: LocalMessage, b: LocalMessage): boolean {
  return isAlbumItem(b) && a.albumId === b.albumId && a.direction === b.direction;
}

function hangTogether(a: LocalMessage, b: LocalMessage): boolean {
  return (
    a.direction === b.direction &&
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    a.author.name === b.author.name &&
    a.type !== "system" &&
    b.type !== "system" &&
    Math.abs(Date.parse(b.sentAt) - Date.parse(a.sentAt)) <= GROUP_MS
  );
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();
/** Formatting is the slow part of a long thread, and many messages share a minute. */
const daysByMinute = new Map<string, string>();

/** The calendar day of an instant in a zone, yyyy-mm-dd. */
export function dayOf(instant: string, timeZone: string): string {
  const key = `${timeZone} ${instant.slice(0, 16)}`;
  const known = daysByMinute.get(key);
  if (known !== undefined) return known;
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    dayFormats.set(timeZone, format);
  }
  const day = format.format(new Date(instant));
  if (daysByMinute.size > 20_000) daysByMinute.clear();
  daysByMinute.set(key, day);
  return day;
}

/** Rows in blocks that keep their key when older or newer ones arrive, for drawing only what is near. */
export type ThreadBlock = { key: string; rows: ThreadRow[] };

/** `pageSizes`: how many rows each loaded page holds, the oldest page first. */
export function threadBlocks(rows: readonly ThreadRow[], pageSizes: readonly number[]): ThreadBlock[] {
  const blocks: ThreadBlock[] = [];
  let from = 0;
  for (const size of pageSizes) {
    for (let at = from; at < from + size; at += BLOCK_ROWS) {
      const block = rows.slice(at, Math.min(at + BLOCK_ROWS, from + size));
      const first = block[0];
      if (first) blocks.push({ key: first.message.id, rows: block });
    }
    from += size;
  }
  return blocks;
}

const BLOCK_ROWS = 50;

/**
 * The first of the `unreadCount` newest inbound messages. Null when there is none or when it lies above
 * what is loaded.
 */
export function firstUnread(messages: readonly LocalMessage[], unreadCount: number): string | null {
  let left = unreadCount;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index];
    if (message?.direction !== "inbound") continue;
    left -= 1;
    if (left === 0) return message.id;
  }
  return null;
}
