import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import type { ConversationFilter } from "./filter.ts";

export const LIST_PAGE = 50;

export const conversationKeys = {
  all: ["conversations"] as const,
  lists: ["conversations", "list"] as const,
  list: (filter: ConversationFilter) => ["conversations", "list", filter] as const,
  detail: (id: ConversationId) => ["conversations", "detail", id] as const,
};

export const listPageParam = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page<ConversationView>) => page.next,
};

export function conversationListQuery(api: Api, filter: ConversationFilter) {
  return infiniteQueryOptions({
    ...listPageParam,
    queryKey: conversationKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ConversationView>>("/conversations", {
        query: { ...filterQuery(filter), cursor: pageParam, limit: LIST_PAGE },
        signal,
      }),
    staleTime: filter.q === "" ? Number.POSITIVE_INFINITY : 0,
  });
}

export function conversationQuery(api: Api, id: ConversationId) {
  return queryOptions({
    queryKey: conversationKeys.detail(id),
    queryFn: ({ signal }) => api.get<ConversationView>(`/conversations/${id}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The filter as the API takes it. */
export function filterQuery({ tab, q }: ConversationFilter) {
  return {
    ...(tab === "unread" && { unread: "true" as const }),
    ...((tab === "open" || tab === "closed") && { status: tab }),
    ...(q !== "" && { q }),
  };
}
