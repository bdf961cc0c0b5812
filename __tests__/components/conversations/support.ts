import type { ConversationListData } from "#components/conversations/cache.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import { asId, newId } from "#lib/kernel/ids.ts";

const CHANNEL = newId("channel");

export function conversationId(order: number) {
  return asId("conversation", `cnv_01jd${String(order).padStart(22, "0")}`);
}

/** The conversation `order`, last heard of at second `at`. */
export function aConversation(
  order: number,
  at = order,
  change: Partial<ConversationView> = {},
): ConversationView {
  const moment = new Date(Date.UTC(2026, 10, 20, 12, 0, at)).toISOString();
  return {
    id: conversationId(order),
    channelId: CHANNEL,
    contact: {
      id: asId("contact", `con_01jd${String(order).padStart(22, "0")}`),
      kind: "person",
      name: `Contact ${order}`,
      profileName: null,
      phone: `+5198765${String(order).padStart(4, "0")}`,
      pictureUrl: null,
    },
    status: "open",
    allowed: true,
    unreadCount: 0,
    lastMessage: {
      id: asId("message", `msg_01jd${String(order).padStart(22, "0")}`),
      type: "text",
      text: `message at ${at}`,
      direction: "inbound",
      status: "received",
    },
    lastMessageAt: moment,
    createdAt: moment,
    ...change,
  };
}

/** Pages of `size` of what is given, in the order given; the last has `next` when `more`. */
export function aList(
  conversations: readonly ConversationView[],
  size = 3,
  more = false,
): ConversationListData {
  const pages: ConversationListData["pages"] = [];
  for (let from = 0; from < Math.max(conversations.length, 1); from += size) {
    const data = conversations.slice(from, from + size);
    const last = from + size >= conversations.length;
    pages.push({ data, next: last && !more ? null : `after-${data.at(-1)?.id}` });
  }
  return {
    pages,
    pageParams: pages.map((_, index) => (index === 0 ? null : (pages[index - 1]?.next ?? null))),
  };
}
