import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { MessageView } from "#lib/domain/messages/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { withLocalMessages } from "./cache.ts";
import type { LocalMessage } from "./local-message.ts";
import type { Outbox } from "./outbox.ts";

export const THREAD_PAGE = 50;

export const messageKeys = {
  all: ["messages"] as const,
  thread: (conversationId: ConversationId) => ["messages", "thread", conversationId] as const,
};

export const threadPageParam = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page<LocalMessage>) => page.next,
};

/** One conversation's messages, newest page first; those still in the outbox stand among them. */
export function threadQuery(api: Api, outbox: Outbox, conversationId: ConversationId) {
  return infiniteQueryOptions({
    ...threadPageParam,
    queryKey: messageKeys.thread(conversationId),
    queryFn: async ({ pageParam, signal }): Promise<Page<LocalMessage>> => {
      const page = await api.get<Page<MessageView>>(`/conversations/${conversationId}/messages`, {
        query: { cursor: pageParam, limit: THREAD_PAGE },
        signal,
      });
      return pageParam === null ? withLocalMessages(page, outbox.list(), conversationId) : page;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
