import type { ThreadData } from "#components/messages/cache.ts";
import { blankMessage, type LocalMessage } from "#components/messages/local-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";

export const CHANNEL = newId("channel");
export const CONVERSATION = newId("conversation");

/** A message id that sorts by `order`. */
export function messageId(order: number) {
  return asId("message", `msg_01jd${String(order).padStart(22, "0")}`);
}

export function aMessage(order: number, change: Partial<LocalMessage> = {}): LocalMessage {
  const sentAt = new Date(Date.UTC(2026, 10, 20, 12, 0, order)).toISOString();
  return {
    ...blankMessage({ conversationId: CONVERSATION, channelId: CHANNEL, sentAt }),
    id: messageId(order),
    direction: "inbound",
    text: `message ${order}`,
    author: { kind: "customer", id: null, name: "Ana" },
    status: "received",
    ...change,
  };
}

export function anOutbound(order: number, change: Partial<LocalMessage> = {}): LocalMessage {
  return aMessage(order, {
    direction: "outbound",
    status: "queued",
    author: { kind: "member", id: "mbr_1", name: "Luz" },
    ...change,
  });
}

/** Pages of `size`, newest first, as the API gives them; `loaded` of them are in the cache. */
export function aThread(
  messages: readonly LocalMessage[],
  size = 3,
  loaded = Number.POSITIVE_INFINITY,
): ThreadData {
  const newestFirst = [...messages].sort((a, b) =>
    a.sentAt === b.sentAt ? (a.id < b.id ? 1 : -1) : a.sentAt < b.sentAt ? 1 : -1,
  );
  const pages: ThreadData["pages"] = [];
  for (let from = 0; from < Math.max(newestFirst.length, 1); from += size) {
    const data = newestFirst.slice(from, from + size);
    pages.push({ data, next: from + size < newestFirst.length ? `after-${data.at(-1)?.id}` : null });
  }
  const kept = pages.slice(0, loaded);
  return {
    pages: kept,
    pageParams: kept.map((_, index) => (index === 0 ? null : (kept[index - 1]?.next ?? null))),
  };
}
