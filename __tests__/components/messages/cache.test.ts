import { describe, expect, test } from "vitest";
import {
  findMessage,
  mergeMessage,
  messagesOf,
  removeMessage,
  upsertMessage,
  withLocalMessages,
} from "#components/messages/cache.ts";
import { aMessage, anOutbound, aThread, CONVERSATION, messageId } from "./support.ts";

const ids = (thread: Parameters<typeof messagesOf>[0]) => messagesOf(thread).map((message) => message.id);

describe("upsertMessage", () => {
  test("puts a new message at the end and one that came late in its place", () => {
    const thread = aThread([aMessage(1), aMessage(2), aMessage(5), aMessage(6)]);
    expect(ids(upsertMessage(thread, aMessage(7)))).toEqual([1, 2, 5, 6, 7].map(messageId));
    expect(ids(upsertMessage(thread, aMessage(3)))).toEqual([1, 2, 3, 5, 6].map(messageId));
  });

  test("orders messages of one instant by id, as the server does", () => {
    const at = aMessage(9).sentAt;
    let thread = aThread([aMessage(1)]);
    for (const order of [12, 10, 11]) thread = upsertMessage(thread, aMessage(order, { sentAt: at }));
    expect(ids(thread)).toEqual([1, 10, 11, 12].map(messageId));
  });

  test("leaves what is older than the loaded pages to the page that brings it", () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((order) => aMessage(order));
    const loaded = aThread(all, 3, 1);
    expect(upsertMessage(loaded, aMessage(2, { text: "changed" }))).toBe(loaded);
    expect(ids(upsertMessage(aThread(all.slice(1), 3), aMessage(1)))[0]).toBe(messageId(1));
  });

  test("keeps one row for echo, answer and event, and moves it to the server's time", () => {
    const echo = anOutbound(90, { local: "sending" });
    const answer = anOutbound(90, { sentAt: aMessage(4).sentAt });
    let thread = upsertMessage(aThread([aMessage(1), aMessage(5)]), echo);
    expect(ids(thread).at(-1)).toBe(echo.id);
    thread = upsertMessage(thread, answer);
    thread = upsertMessage(thread, answer);
    expect(ids(thread)).toEqual([1, 90, 5].map(messageId));
    expect(findMessage(thread, echo.id)?.local).toBeUndefined();
  });

  test("answers with the very same thread when nothing is new", () => {
    const thread = aThread([aMessage(1), anOutbound(2, { status: "read" })]);
    expect(upsertMessage(thread, aMessage(1))).toBe(thread);
    expect(upsertMessage(thread, anOutbound(2, { status: "sent" }))).toBe(thread);
  });

  test("fills an empty thread", () => {
    expect(ids(upsertMessage(aThread([]), aMessage(1)))).toEqual([messageId(1)]);
  });
});

describe("mergeMessage", () => {
  test.each([
    ["sent", "delivered", "delivered"],
    ["delivered", "sent", "delivered"],
    ["read", "delivered", "read"],
    ["sending", "queued", "sending"],
    ["queued", "failed", "failed"],
    ["unconfirmed", "delivered", "delivered"],
    ["failed", "queued", "queued"],
    ["sent", "failed", "failed"],
    ["delivered", "failed", "delivered"],
    ["failed", "delivered", "delivered"],
  ] as const)("%s, then hearing %s, stays true: %s", (known, heard, result) => {
    expect(mergeMessage(anOutbound(1, { status: known }), anOutbound(1, { status: heard })).status).toBe(
      result,
    );
  });

  test("receipts gather, whatever order they come in", () => {
    const delivered = anOutbound(1, { status: "delivered", receipts: { sent: "a", delivered: "b" } });
    const read = anOutbound(1, { status: "read", receipts: { sent: "a", read: "c" } });
    for (const merged of [mergeMessage(delivered, read), mergeMessage(read, delivered)]) {
      expect(merged.status).toBe("read");
      expect(merged.receipts).toEqual({ sent: "a", delivered: "b", read: "c" });
    }
  });

  test("an older text never replaces an edit, and what was deleted stays deleted", () => {
    const edited = aMessage(1, { text: "new", editedAt: "2026-11-20T12:00:05.000Z" });
    expect(mergeMessage(edited, aMessage(1)).text).toBe("new");
    expect(mergeMessage(aMessage(1), edited).text).toBe("new");
    const deleted = aMessage(1, { text: null, deletedAt: "2026-11-20T12:00:05.000Z" });
    expect(mergeMessage(deleted, aMessage(1))).toMatchObject({ text: null, deletedAt: deleted.deletedAt });
  });

  test("an echo never overwrites the server's word", () => {
    const known = anOutbound(1, { status: "sent" });
    expect(mergeMessage(known, anOutbound(1, { local: "rejected", status: "failed" }))).toBe(known);
  });
});

test("what waits in the outbox stands among the newest messages, each once", () => {
  const page = { data: [anOutbound(8, { status: "sent" }), aMessage(2)], next: null };
  const waiting = [
    anOutbound(8, { local: "sending" }),
    anOutbound(9, { local: "rejected", status: "failed" }),
  ];
  const merged = withLocalMessages(page, waiting, CONVERSATION);
  expect(merged.data.map(({ id, status }) => [id, status])).toEqual([
    [messageId(9), "failed"],
    [messageId(8), "sent"],
    [messageId(2), "received"],
  ]);
  expect(withLocalMessages(page, waiting, "another")).toBe(page);
});

test("a discarded message is gone", () => {
  expect(ids(removeMessage(aThread([aMessage(1), aMessage(2)]), messageId(2)))).toEqual([messageId(1)]);
});
