import type { InfiniteData } from "@tanstack/react-query";
import type { MessageStatus, MessageView } from "#lib/domain/messages/schema.ts";
import { isForward, mayFail, mayRetry } from "#lib/domain/messages/status.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import type { LocalMessage } from "./local-message.ts";

/** A thread in the query cache: pages from the newest to the oldest, newest message first in each. */
export type ThreadData = InfiniteData<Page<LocalMessage>, string | null>;

/** The server's order: time, then id. Below zero when `a` is older. */
export function compareMessages(a: MessageView, b: MessageView): number {
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * The one door into a thread for the local echo, the server's answer and every event. Takes them in any
 * order and any number of times; a status never goes back. A message older than what is loaded is left
 * for the page that will bring it.
 */
export function upsertMessage(thread: ThreadData, incoming: LocalMessage): ThreadData {
  const known = findMessage(thread, incoming.id);
  if (known) {
    const merged = mergeMessage(known, incoming);
    if (merged === known) return thread;
    if (compareMessages(known, merged) === 0) return patchMessage(thread, incoming.id, () => merged);
    return insertMessage(removeMessage(thread, incoming.id), merged);
  }
  return insertMessage(thread, incoming);
}

export function findMessage(thread: Pick<ThreadData, "pages">, id: string): LocalMessage | undefined {
  for (const page of thread.pages) {
    const found = page.data.find((message) => message.id === id);
    if (found) return found;
  }
  return undefined;
}

export function removeMessage(thread: ThreadData, id: MessageId): ThreadData {
  return {
    ...thread,
    pages: thread.pages.map((page) =>
      page.data.some((message) => message.id === id)
        ? { ...page, data: page.data.filter((message) => message.id !== id) }
        : page,
    ),
  };
}

/** All loaded messages, oldest first, as the thread shows them. */
export function messagesOf(thread: Pick<ThreadData, "pages"> | undefined): LocalMessage[] {
  if (!thread) return [];
  return thread.pages.flatMap((page) => page.data).reverse();
}

/** The newest page with the messages of this conversation that wait in the outbox, each once. */
export function withLocalMessages(
  page: Page<LocalMessage>,
  waiting: readonly LocalMessage[],
  conversationId: string,
): Page<LocalMessage> {
  return waiting
    .filter((message) => message.conversationId === conversationId)
    .filter((message) => !page.data.some(({ id }) => id === message.id))
    .reduce(withMessage, page);
}

/**
 * What is known about one message after hearing of it again. The server's word replaces a local echo;
 * of two words of the server the one that is further along wins, and nothing learned is forgotten.
 */
export function mergeMessage(known: LocalMessage, incoming: LocalMessage): LocalMessage {
  if (incoming.local !== undefined) {
    // A local echo never overwrites what the server said, except for a retry that moves the status on.
    if (known.local === undefined) return known;
    return sameMessage(known, incoming) ? known : incoming;
  }
  if (known.local !== undefined) return incoming;

  const statusMoves = known.status === incoming.status || mayBecome(known.status, incoming.status);
  const edited = newerContent(known, incoming);
  const merged: LocalMessage = {
    ...incoming,
    text: edited.text,
    editedAt: edited.editedAt,
    change: edited.change,
    media: newerMedia(known, incoming),
    deletedAt: incoming.deletedAt ?? known.deletedAt,
    status: statusMoves ? incoming.status : known.status,
    error: statusMoves ? incoming.error : known.error,
    receipts: mergeReceipts(known.receipts, incoming.receipts),
  };
  return sameMessage(known, merged) ? known : merged;
}

/** Ticks never go back. Besides forward, a message may fail until somebody has it, and be sent again by hand. */
function mayBecome(from: MessageStatus, to: MessageStatus): boolean {
  if (isForward(from, to)) return true;
  return (to === "failed" && mayFail(from)) || (to === "queued" && mayRetry(from));
}

function newerContent(known: MessageView, incoming: MessageView): MessageView {
  if (known.deletedAt && !incoming.deletedAt) return known;
  return (known.editedAt ?? "") > (incoming.editedAt ?? "") ? known : incoming;
}

/** A file that has arrived does not go missing again, except with its message. */
function newerMedia(known: MessageView, incoming: MessageView): MessageView["media"] {
  const stale = known.media?.status === "ready" && incoming.media?.status === "pending";
  return stale ? known.media : incoming.media;
}

function mergeReceipts(
  known: Partial<Record<MessageStatus, string>>,
  incoming: Partial<Record<MessageStatus, string>>,
): Partial<Record<MessageStatus, string>> {
  return { ...known, ...incoming };
}

function sameMessage(a: LocalMessage, b: LocalMessage): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(message: LocalMessage): unknown {
  return [
    Object.entries(message)
      .filter(([key]) => key !== "receipts")
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    Object.entries(message.receipts).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}

/** Changes one loaded message, when it is there. */
export function patchMessage(
  thread: ThreadData,
  id: string,
  change: (message: LocalMessage) => LocalMessage,
): ThreadData {
  return {
    ...thread,
    pages: thread.pages.map((page) =>
      page.data.some((message) => message.id === id)
        ? { ...page, data: page.data.map((message) => (message.id === id ? change(message) : message)) }
        : page,
    ),
  };
}

function insertMessage(thread: ThreadData, message: LocalMessage): ThreadData {
  const last = thread.pages.length - 1;
  const target = thread.pages.findIndex((page, index) => {
    const oldest = page.data.at(-1);
    if (index < last) return oldest !== undefined && compareMessages(message, oldest) > 0;
    return page.next === null || oldest === undefined || compareMessages(message, oldest) > 0;
  });
  if (target === -1) return thread;
  return {
    ...thread,
    pages: thread.pages.map((page, index) => (index === target ? withMessage(page, message) : page)),
  };
}

function withMessage(page: Page<LocalMessage>, message: LocalMessage): Page<LocalMessage> {
  const at = page.data.findIndex((other) => compareMessages(message, other) > 0);
  const index = at === -1 ? page.data.length : at;
  return { ...page, data: [...page.data.slice(0, index), message, ...page.data.slice(index)] };
}
