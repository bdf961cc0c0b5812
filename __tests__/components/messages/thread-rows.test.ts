import { describe, expect, test } from "vitest";
import { TEXT_MAX as COMPOSER_MAX } from "#components/messages/composer/text-max.ts";
import { dayOf, firstUnread, threadBlocks, threadRows } from "#components/messages/thread-rows.ts";
import { TEXT_MAX } from "#lib/domain/messages/schema.ts";
import { aMessage, anOutbound, messageId } from "./support.ts";

describe("threadRows", () => {
  test("a day begins with the tenant's midnight, not with Greenwich's", () => {
    const messages = ["04:59", "05:00"].map((time, index) =>
      aMessage(index, { sentAt: `2026-11-20T${time}:00.000Z` }),
    );
    const starts = (zone: string) => threadRows(messages, zone, null).map(({ startsDay }) => startsDay);
    expect(starts("America/Lima")).toEqual([true, true]);
    expect(starts("UTC")).toEqual([true, false]);
    expect(dayOf("2026-11-20T04:59:59.999Z", "America/Lima")).toBe("2026-11-19");
    expect(dayOf("2026-11-20T18:20:00.000Z", "Asia/Kathmandu")).toBe("2026-11-21");
    expect(dayOf("2026-11-20T18:10:00.000Z", "Asia/Kathmandu")).toBe("2026-11-20");
  });

  test("messages of one author hang together until somebody else, some time or the unread line comes", () => {
    const later = new Date(Date.parse(aMessage(3).sentAt) + 6 * 60_000).toISOString();
    const rows = threadRows(
      [
        aMessage(1),
        aMessage(2),
        anOutbound(3),
        anOutbound(4, { sentAt: later }),
        aMessage(5, { sentAt: later }),
      ],
      "UTC",
      null,
    );
    expect(rows.map(({ startsGroup }) => startsGroup)).toEqual([true, false, true, true, true]);
    expect(rows.map(({ endsGroup }) => endsGroup)).toEqual([false, true, true, true, true]);
    const split = threadRows([aMessage(1), aMessage(2)], "UTC", messageId(2));
    expect(split.map(({ startsGroup, isFirstUnread }) => [startsGroup, isFirstUnread])).toEqual([
      [true, false],
      [true, true],
    ]);
  });
});

test("the unread line stands above the right message, whatever we wrote in between", () => {
  const messages = [aMessage(1), aMessage(2), anOutbound(3), aMessage(4)];
  expect(firstUnread(messages, 0)).toBeNull();
  expect(firstUnread(messages, 1)).toBe(messageId(4));
  expect(firstUnread(messages, 2)).toBe(messageId(2));
  expect(firstUnread(messages, 9)).toBeNull();
});

test("blocks keep their key when older pages and newer messages come", () => {
  const rows = (from: number, to: number) =>
    threadRows(
      Array.from({ length: to - from + 1 }, (_, index) => aMessage(from + index)),
      "UTC",
      null,
    );
  const keys = (from: number, to: number, sizes: number[]) =>
    threadBlocks(rows(from, to), sizes).map(({ key, rows: { length } }) => [key, length]);
  expect(keys(51, 100, [50])).toEqual([[messageId(51), 50]]);
  expect(keys(1, 102, [50, 52])).toEqual([
    [messageId(1), 50],
    [messageId(51), 50],
    [messageId(101), 2],
  ]);
});

test("the composer takes as much as WhatsApp does", () => {
  expect(COMPOSER_MAX).toBe(TEXT_MAX);
});

test("pictures of one album stand in one bubble, and words or a lone picture in their own", () => {
  const item = (order: number, change = {}) =>
    aMessage(order, { type: "image", text: null, albumId: "a", ...change });
  const rows = threadRows(
    [item(1), item(2), item(3), aMessage(4), item(5), item(6, { text: "esta", albumId: "a" })],
    "UTC",
    null,
  );
  expect(rows.map(({ album }) => album?.map(({ id }) => id) ?? null)).toEqual([
    [messageId(1), messageId(2), messageId(3)],
    [],
    [],
    null,
    null,
    null,
  ]);
  expect(rows.map(({ isLast }) => isLast)).toEqual([false, false, false, false, false, true]);
});
