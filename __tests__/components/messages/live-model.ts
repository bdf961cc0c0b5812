import { QueryClient } from "@tanstack/react-query";
import {
  belongsTo,
  type ConversationListData,
  compareConversations,
} from "#components/conversations/cache.ts";
import { CONVERSATION_TABS, type ConversationFilter } from "#components/conversations/filter.ts";
import { conversationKeys } from "#components/conversations/queries.ts";
import { applyToConversations } from "#components/conversations/realtime.ts";
import { compareMessages, type ThreadData } from "#components/messages/cache.ts";
import { messageKeys } from "#components/messages/queries.ts";
import { applyToThreads } from "#components/messages/realtime.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { MessageStatus, MessageView } from "#lib/domain/messages/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { aConversation, conversationId } from "../conversations/support.ts";
import { aMessage } from "./support.ts";

export const PAGE = 3;
const FILTERS: ConversationFilter[] = CONVERSATION_TABS.map((tab) => ({ tab, q: "" }));

/** What the server would hold and answer, and the events it would publish, in memory. */
export class ServerModel {
  conversations = new Map<ConversationId, ConversationView>();
  messages = new Map<string, MessageView>();
  events: RealtimeEvent[] = [];
  #next = 100;

  open(order: number): ConversationId {
    const conversation = aConversation(order, order, { lastMessage: null });
    this.conversations.set(conversation.id, conversation);
    return conversation.id;
  }

  receive(id: ConversationId, change: Partial<MessageView> = {}): MessageView {
    this.#next += 1;
    return this.#add("message.received", aMessage(this.#next, { conversationId: id, ...change }), 1);
  }

  send(id: ConversationId, change: Partial<MessageView> = {}): MessageView {
    this.#next += 1;
    const author = { kind: "member", id: "mbr_1", name: "Luz" } as const;
    const sent = aMessage(this.#next, {
      conversationId: id,
      direction: "outbound",
      status: "queued",
      author,
    });
    return this.#add("message.queued", { ...sent, ...change }, 0);
  }

  update(message: MessageView, change: Partial<MessageView>): MessageView {
    const next = { ...message, ...this.messages.get(message.id), ...change };
    this.messages.set(next.id, next);
    this.#copyLast(next);
    this.#publish("message.updated", next);
    return next;
  }

  tick(message: MessageView, status: MessageStatus): MessageView {
    const receipts = { ...this.messages.get(message.id)?.receipts, [status]: message.sentAt };
    return this.update(message, { status, receipts });
  }

  change(id: ConversationId, change: Partial<ConversationView>): void {
    const conversation = { ...this.conversation(id), ...change };
    this.conversations.set(id, conversation);
    const seq = this.events.length + 1;
    this.events.push({ type: "conversation.updated", seq, conversationId: id, conversation });
  }

  /** `from` and `into` were one person all along. */
  merge(from: ConversationId, into: ConversationId): void {
    const gone = this.conversation(from);
    for (const message of this.messages.values())
      if (message.conversationId === from)
        this.messages.set(message.id, { ...message, conversationId: into });
    this.conversations.delete(from);
    const [last] = this.thread(into, 1).pages[0]?.data ?? [];
    const conversation = {
      ...this.conversation(into),
      unreadCount: this.conversation(into).unreadCount + gone.unreadCount,
      ...(last && { lastMessageAt: last.sentAt, lastMessage: lastOf(last) }),
    };
    this.conversations.set(into, conversation);
    const seq = this.events.length + 1;
    this.events.push({ type: "conversation.merged", seq, conversationId: from, intoId: into, conversation });
  }

  conversation(id: ConversationId): ConversationView {
    const found = this.conversations.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  }

  /** As GET /conversations answers, page after page. */
  list(filter: ConversationFilter, pages: number): ConversationListData {
    const rows = [...this.conversations.values()]
      .filter((conversation) => belongsTo(filter.tab, conversation))
      .sort(compareConversations);
    return paged(rows, pages);
  }

  /** As GET /conversations/{id}/messages answers, page after page. */
  thread(id: ConversationId, pages: number): ThreadData {
    const rows = [...this.messages.values()]
      .filter((message) => message.conversationId === id)
      .sort((a, b) => compareMessages(b, a));
    return paged(rows, pages);
  }

  #add(type: "message.received" | "message.queued", message: MessageView, unread: number): MessageView {
    this.messages.set(message.id, message);
    const before = this.conversation(message.conversationId);
    const newest = before.lastMessage === null || message.sentAt >= before.lastMessageAt;
    this.conversations.set(before.id, {
      ...before,
      unreadCount: before.unreadCount + unread,
      ...(newest && { lastMessageAt: message.sentAt, lastMessage: lastOf(message) }),
    });
    this.#publish(type, message);
    return message;
  }

  #copyLast(message: MessageView): void {
    const before = this.conversation(message.conversationId);
    if (before.lastMessage?.id !== message.id) return;
    this.conversations.set(before.id, { ...before, lastMessage: lastOf(message) });
  }

  #publish(type: "message.received" | "message.queued" | "message.updated", message: MessageView): void {
    this.events.push({
      type,
      seq: this.events.length + 1,
      messageId: message.id,
      conversationId: message.conversationId,
      message,
      conversation: this.conversation(message.conversationId),
    });
  }
}

function lastOf({ id, type, text, direction, status }: MessageView): ConversationView["lastMessage"] {
  return { id, type, text, direction, status };
}

function paged<T extends { id: string }>(rows: readonly T[], pages: number) {
  const taken: { data: T[]; next: string | null }[] = [];
  for (let page = 0; page < pages && (page === 0 || page * PAGE < rows.length); page += 1) {
    const to = (page + 1) * PAGE;
    const data = rows.slice(page * PAGE, to);
    taken.push({ data, next: to < rows.length ? `after-${data.at(-1)?.id}` : null });
  }
  return {
    pages: taken,
    pageParams: taken.map((_, page) => (page === 0 ? null : (taken[page - 1]?.next ?? null))),
  };
}

/** A browser that has loaded some pages of everything in `threads`. */
export function load(server: ServerModel, threads: readonly ConversationId[], pages = 99): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
  for (const filter of FILTERS)
    client.setQueryData(conversationKeys.list(filter), server.list(filter, pages));
  for (const id of threads) {
    client.setQueryData(messageKeys.thread(id), server.thread(id, pages));
    client.setQueryData(conversationKeys.detail(id), server.conversation(id));
  }
  return client;
}

export function apply(client: QueryClient, event: RealtimeEvent): void {
  applyToThreads(client, event);
  applyToConversations(client, event);
}

/** What a browser does with what was declared out of date: asks anew, as many pages as it had. */
export function refetchStale(client: QueryClient, server: ServerModel): void {
  for (const { queryKey, state } of client.getQueryCache().getAll()) {
    if (!state.isInvalidated || queryKey[0] !== "messages") continue;
    const { pages } = state.data as ThreadData;
    const id = [...server.conversations.keys()].find(
      (known) => JSON.stringify(messageKeys.thread(known)) === JSON.stringify(queryKey),
    );
    // Who had scrolled to the beginning scrolls there again.
    const wanted = pages.at(-1)?.next === null ? 99 : pages.length;
    if (id) client.setQueryData(queryKey, server.thread(id, wanted));
  }
}

/** What is shown, without how it is cut into pages. */
export function shown(client: QueryClient) {
  const rows = (data: unknown) => {
    const { pages } = data as { pages: { data: { id: string }[] }[] };
    return pages.flatMap((page) => page.data);
  };
  return Object.fromEntries(
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey, state }) => [
        JSON.stringify(queryKey),
        queryKey[1] === "detail" ? state.data : rows(state.data),
      ]),
  );
}

export { conversationId };
