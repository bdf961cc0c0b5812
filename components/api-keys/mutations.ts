"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "#lib/browser/workspace.tsx";
import type { ApiKeyView, CreateApiKey } from "#lib/domain/api-keys/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { apiKeyKeys } from "./queries.ts";

/** The answer is the only time that the key itself is seen. */
export function useCreateApiKey() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CreateApiKey) => api.post<ApiKeyView & { key: string }>("/api-keys", input),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeyKeys.list() }),
  });
}

export function useRevokeApiKey() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api-keys/${id}`),
    onSuccess: (_, id) => {
      client.setQueryData<Page<ApiKeyView>>(
        apiKeyKeys.list(),
        (page) => page && { ...page, data: page.data.filter((key) => key.id !== id) },
      );
    },
  });
}
