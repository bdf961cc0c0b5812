import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { GapView } from "#lib/domain/gaps/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export const gapKeys = {
  all: ["gaps"] as const,
  of: (conversationId: ConversationId) => ["gaps", conversationId] as const,
};

export function gapsQuery(api: Api, conversationId: ConversationId) {
  return queryOptions({
    queryKey: gapKeys.of(conversationId),
    queryFn: async ({ signal }) =>
      (await api.get<Page<GapView>>(`/conversations/${conversationId}/gaps`, { signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
