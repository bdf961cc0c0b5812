import { describe, expect, test } from "vitest";
import {
  belongsTo,
  type ConversationListData,
  conversationsOf,
  newerConversation,
  upsertConversation,
} from "#components/conversations/cache.ts";
import { aConversation, aList, conversationId } from "./support.ts";

const ALL = { tab: "all", q: "" } as const;
const orders = (list: ConversationListData) => conversationsOf(list).map(({ id }) => Number(id.slice(-4)));

describe("upsertConversation", () => {
  const list = aList([5, 4, 3, 2, 1].map((order) => aConversation(order)));

  test("moves the one that was heard of to the top, once, from whichever page", () => {
    const moved = upsertConversation(list, ALL, aConversation(2, 9));
    expect(orders(moved)).toEqual([2, 5, 4, 3, 1]);
    expect(orders(upsertConversation(moved, ALL, aConversation(2, 9)))).toEqual([2, 5, 4, 3, 1]);
  });

  test("adds a new one and changes one in place", () => {
    expect(orders(upsertConversation(list, ALL, aConversation(8)))).toEqual([8, 5, 4, 3, 2, 1]);
    const read = upsertConversation(list, ALL, aConversation(3, 3, { unreadCount: 7 }));
    expect(orders(read)).toEqual([5, 4, 3, 2, 1]);
    expect(conversationsOf(read)[2]?.unreadCount).toBe(7);
  });

  test("orders those of one instant by id, the higher first, as the server does", () => {
    expect(orders(upsertConversation(list, ALL, aConversation(6, 4)))).toEqual([5, 6, 4, 3, 2, 1]);
  });

  test("takes out what no longer belongs, and brings in what now does", () => {
    const unread = { tab: "unread", q: "" } as const;
    const waiting = aList([aConversation(3, 3, { unreadCount: 1 })]);
    expect(orders(upsertConversation(waiting, unread, aConversation(3)))).toEqual([]);
    expect(orders(upsertConversation(waiting, unread, aConversation(2, 2, { unreadCount: 4 })))).toEqual([
      3, 2,
    ]);
    const open = { tab: "open", q: "" } as const;
    expect(orders(upsertConversation(list, open, aConversation(4, 4, { status: "closed" })))).toEqual([
      5, 3, 2, 1,
    ]);
  });

  test("leaves what lies below the loaded pages to the page that brings it", () => {
    const loaded = aList(
      [9, 8, 7].map((order) => aConversation(order)),
      3,
      true,
    );
    expect(orders(upsertConversation(loaded, ALL, aConversation(2)))).toEqual([9, 8, 7]);
    expect(orders(upsertConversation(loaded, ALL, aConversation(2, 10)))).toEqual([2, 9, 8, 7]);
  });

  test("in a search only those already found change", () => {
    const search = { tab: "all", q: "ana" } as const;
    expect(upsertConversation(list, search, aConversation(8))).toBe(list);
    expect(orders(upsertConversation(list, search, aConversation(1, 9)))).toEqual([1, 5, 4, 3, 2]);
  });
});

test("hidden groups and empty conversations are not listed, as the API has it", () => {
  const { contact } = aConversation(1);
  const group = aConversation(1, 1, { contact: { ...contact, kind: "group" } });
  expect(belongsTo("all", aConversation(1))).toBe(true);
  expect(belongsTo("all", group)).toBe(true);
  expect(belongsTo("all", { ...group, allowed: false })).toBe(false);
  expect(belongsTo("all", aConversation(1, 1, { lastMessage: null }))).toBe(false);
});

test("a page that repeats a conversation which moved meanwhile shows it once", () => {
  const list = aList([aConversation(3), aConversation(2), aConversation(1)], 2);
  const repeated = { ...list, pages: [...list.pages, { data: [aConversation(3, 1)], next: null }] };
  expect(orders(repeated)).toEqual([3, 2, 1]);
});

test("an answer that an event has overtaken does not put the old state back", () => {
  const known = aConversation(1, 9, { unreadCount: 1 });
  expect(newerConversation(known, aConversation(1, 5))).toBe(known);
  const answer = aConversation(1, 9);
  expect(newerConversation(known, answer)).toBe(answer);
  expect(newerConversation(undefined, answer)).toBe(answer);
  expect(conversationId(1)).toBe(answer.id);
});
