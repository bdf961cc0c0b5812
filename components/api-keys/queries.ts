import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { ApiKeyView } from "#lib/domain/api-keys/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export const apiKeyKeys = { list: () => ["api-keys"] as const };

export function apiKeyListQuery(api: Api) {
  return queryOptions({
    queryKey: apiKeyKeys.list(),
    queryFn: ({ signal }) => api.get<Page<ApiKeyView>>("/api-keys", { signal }),
  });
}
