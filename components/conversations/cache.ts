import type { InfiniteData } from "@tanstack/react-query";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import type { ConversationFilter, ConversationTab } from "./filter.ts";

/** A list in the query cache: pages in order, the latest conversation first. */
export type ConversationListData = InfiniteData<Page<ConversationView>, string | null>;

/** The server's order: the latest message first, then the higher id. Below zero when `a` comes first. */
export function compareConversations(a: ConversationView, b: ConversationView): number {
  if (a.lastMessageAt !== b.lastMessageAt) return a.lastMessageAt > b.lastMessageAt ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

/** As the API lists them: chats in which something has been said, groups only when they are allowed. */
export function belongsTo(tab: ConversationTab, conversation: ConversationView): boolean {
  if (conversation.lastMessage === null || !conversation.allowed) return false;
  if (tab === "unread") return conversation.unreadCount > 0;
  if (tab === "all") return true;
  return conversation.status === tab;
}

/**
 * Puts the newest state of a conversation into a list: in its place, moved, added or taken out. One that
 * lies below what is loaded is left for the page that will bring it. In a search only those already found
 * change: what else matches is the server's to say.
 */
export function upsertConversation(
  list: ConversationListData,
  filter: ConversationFilter,
  conversation: ConversationView,
): ConversationListData {
  const known = findConversation(list, conversation.id);
  if (known && compareConversations(known, conversation) === 0 && belongsTo(filter.tab, conversation)) {
    return mapPages(list, (page) => replaceIn(page, conversation));
  }
  const without = known ? mapPages(list, (page) => removeFrom(page, conversation.id)) : list;
  if (!belongsTo(filter.tab, conversation)) return without;
  if (filter.q !== "" && !known) return list;
  return insert(without, conversation);
}

/** Takes a conversation out that is no more. */
export function removeConversation(list: ConversationListData, id: string): ConversationListData {
  return findConversation(list, id) ? mapPages(list, (page) => removeFrom(page, id)) : list;
}

/**
 * An answer of the API may come after an event that is newer than it. The event's state stays; where it
 * cannot be told, the answer is taken, and the event that every change causes follows.
 */
export function newerConversation(
  known: ConversationView | undefined,
  answer: ConversationView,
): ConversationView {
  return known && known.lastMessageAt > answer.lastMessageAt ? known : answer;
}

export function findConversation(
  list: Pick<ConversationListData, "pages"> | undefined,
  id: string,
): ConversationView | undefined {
  for (const page of list?.pages ?? []) {
    const found = page.data.find((conversation) => conversation.id === id);
    if (found) return found;
  }
  return undefined;
}

/** What the list shows, each conversation once although a page may repeat one that moved meanwhile. */
export function conversationsOf(list: Pick<ConversationListData, "pages"> | undefined): ConversationView[] {
  const seen = new Set<string>();
  const rows: ConversationView[] = [];
  for (const page of list?.pages ?? []) {
    for (const conversation of page.data) {
      if (seen.has(conversation.id)) continue;
      seen.add(conversation.id);
      rows.push(conversation);
    }
  }
  return rows;
}

type ListPage = Page<ConversationView>;

function mapPages(list: ConversationListData, change: (page: ListPage) => ListPage): ConversationListData {
  return { ...list, pages: list.pages.map(change) };
}

function replaceIn(page: ListPage, conversation: ConversationView): ListPage {
  if (!page.data.some((other) => other.id === conversation.id)) return page;
  return { ...page, data: page.data.map((other) => (other.id === conversation.id ? conversation : other)) };
}

function removeFrom(page: ListPage, id: string): ListPage {
  if (!page.data.some((other) => other.id === id)) return page;
  return { ...page, data: page.data.filter((other) => other.id !== id) };
}

function insert(list: ConversationListData, conversation: ConversationView): ConversationListData {
  const last = list.pages.length - 1;
  const target = list.pages.findIndex((page, index) => {
    const lowest = page.data.at(-1);
    if (index < last) return lowest !== undefined && compareConversations(conversation, lowest) < 0;
    return page.next === null || lowest === undefined || compareConversations(conversation, lowest) < 0;
  });
  if (target === -1) return list;
  return {
    ...list,
    pages: list.pages.map((page, index) => {
      if (index !== target) return page;
      const at = page.data.findIndex((other) => compareConversations(conversation, other) < 0);
      const place = at === -1 ? page.data.length : at;
      return { ...page, data: [...page.data.slice(0, place), conversation, ...page.data.slice(place)] };
    }),
  };
}
