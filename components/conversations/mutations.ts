"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "#lib/browser/workspace.tsx";
import type {
  ConversationStatus,
  ConversationView,
  OpenConversation,
} from "#lib/domain/conversations/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { newerConversation } from "./cache.ts";
import { conversationKeys } from "./queries.ts";
import { knownConversation, putConversation } from "./realtime.ts";

/** Finds or opens the conversation with a phone number. */
export function useOpenConversation() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<ConversationView, Error, OpenConversation>({
    mutationFn: (input) => api.post<ConversationView>("/conversations", input),
    onSuccess: (conversation) => {
      client.setQueryData(conversationKeys.detail(conversation.id), conversation);
      putConversation(client, conversation);
    },
  });
}

export function useSetStatus(id: ConversationId) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<ConversationView, Error, ConversationStatus, ConversationView | undefined>({
    mutationFn: (status) => api.patch<ConversationView>(`/conversations/${id}`, { status }),
    onMutate: (status) => {
      const before = knownConversation(client, id);
      if (before) putConversation(client, { ...before, status });
      return before;
    },
    onSuccess: (answer) => putConversation(client, newerConversation(knownConversation(client, id), answer)),
    onError: (_error, _status, before) => before && putConversation(client, before),
  });
}

/** Says that somebody has looked at what has come in. */
export function useMarkRead(id: ConversationId) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<ConversationView, Error, void>({
    mutationFn: () => api.post<ConversationView>(`/conversations/${id}/read`),
    onMutate: () => {
      const before = knownConversation(client, id);
      if (before) putConversation(client, { ...before, unreadCount: 0 });
    },
    onSuccess: (answer) => putConversation(client, newerConversation(knownConversation(client, id), answer)),
    // The count was not true: ask for the real one.
    onError: () => void client.invalidateQueries({ queryKey: conversationKeys.all }),
  });
}
