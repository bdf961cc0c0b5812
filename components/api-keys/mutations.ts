"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useApi } from "#lib/browser/workspace.tsx";
import type { ApiKeyView, CreateApiKey } from "#lib/domain/api-keys/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { apiKeyKeys } from "./queries.ts";

/** The answer is the only time that the key itself is seen. A repeat after a lost answer makes no second key. */
export function useCreateApiKey() {
  const api = useApi();
  const client = useQueryClient();
  const attempt = useRef<{ body: string; key: string } | null>(null);
  return useMutation({
    mutationFn: (input: CreateApiKey) => {
      const body = JSON.stringify(input);
      if (attempt.current?.body !== body) attempt.current = { body, key: crypto.randomUUID() };
      return api.post<{ key: string }>("/api-keys", input, { idempotencyKey: attempt.current.key });
    },
    onSuccess: () => {
      attempt.current = null;
      return client.invalidateQueries({ queryKey: apiKeyKeys.list() });
    },
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
