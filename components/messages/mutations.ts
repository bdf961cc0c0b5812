"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { asAppError } from "#lib/browser/api.ts";
import { waitBeforeRetry } from "#lib/browser/query-client.ts";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { MessageView, SendMessage } from "#lib/domain/messages/schema.ts";
import type { AppError } from "#lib/kernel/errors.ts";
import { type ChannelId, type ConversationId, newId } from "#lib/kernel/ids.ts";
import { findMessage, messagesOf, removeMessage, type ThreadData } from "./cache.ts";
import type { LocalMessage } from "./local-message.ts";
import { outboxOf } from "./outbox.ts";
import { messageKeys } from "./queries.ts";
import { putMessage } from "./realtime.ts";

const SEND_KEY = ["messages", "send"];
/** What somebody waits for is tried again soon after the network is back. */
const RETRY_MS_MAX = 4_000;

export function useOutbox() {
  const { tenant, member } = useWorkspace();
  return outboxOf(`${tenant.id}.${member.id}`);
}

/**
 * Brings messages to the server. They show at once and stay in the outbox until the server has them;
 * what may heal is tried again without end, what is refused stays on screen as failed, with its text.
 * One at a time per conversation, so that their order holds.
 */
export function useDelivery(conversationId: ConversationId) {
  const api = useApi();
  const client = useQueryClient();
  const outbox = useOutbox();
  const { mutate } = useMutation<MessageView, Error, LocalMessage>({
    mutationKey: SEND_KEY,
    scope: { id: `send-${conversationId}` },
    mutationFn: (message) =>
      api.post<MessageView>(`/conversations/${message.conversationId}/messages`, bodyOf(message)),
    retry: (_failures, error) => asAppError(error).retryable,
    retryDelay: (failures, error) =>
      asAppError(error).retryAfterS === undefined
        ? Math.min(waitBeforeRetry(failures, error), RETRY_MS_MAX)
        : waitBeforeRetry(failures, error),
    onSuccess: (answer, sent) => {
      outbox.remove(sent.id);
      // Once an event has spoken, it is at least as new as this answer.
      const thread = client.getQueryData<ThreadData>(messageKeys.thread(sent.conversationId));
      if (thread && findMessage(thread, sent.id)?.local !== undefined) putMessage(client, answer);
    },
    onError: (error, sent) => {
      const rejected = asRejected(sent, asAppError(error));
      outbox.put(rejected);
      putMessage(client, rejected);
    },
  });
  return useCallback(
    (message: LocalMessage) => {
      outbox.put(message);
      putMessage(client, message);
      mutate(message);
    },
    [client, mutate, outbox],
  );
}

export function useSendText(conversationId: ConversationId, channelId: ChannelId) {
  const client = useQueryClient();
  const deliver = useDelivery(conversationId);
  const { user, member } = useWorkspace();
  return useCallback(
    (text: string): LocalMessage => {
      const sentAt = afterNewest(client, conversationId);
      const message: LocalMessage = {
        id: newId("message"),
        conversationId,
        channelId,
        direction: "outbound",
        type: "text",
        text,
        replyToId: null,
        quoted: null,
        author: { kind: "member", id: member.id, name: user.name },
        status: "queued",
        error: null,
        receipts: {},
        sentAt,
        createdAt: sentAt,
        editedAt: null,
        deletedAt: null,
        local: "sending",
      };
      deliver(message);
      return message;
    },
    [client, conversationId, channelId, deliver, member.id, user.name],
  );
}

/** What to do with a bubble that did not get through. */
export function useFailedMessage(conversationId: ConversationId, onRetryFailed: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const outbox = useOutbox();
  const deliver = useDelivery(conversationId);
  const retryOnServer = useMutation<MessageView, Error, LocalMessage>({
    mutationFn: (message) => api.post<MessageView>(`/messages/${message.id}/retry`),
    onMutate: (message) => putMessage(client, { ...message, status: "queued", error: null }),
    onSuccess: (answer) => putMessage(client, answer),
    // Back to what it was: both may follow "queued".
    onError: (_error, message) => {
      putMessage(client, message);
      onRetryFailed();
    },
  });
  const retry = (message: LocalMessage) => {
    if (message.local === "rejected")
      deliver({ ...message, local: "sending", status: "queued", error: null });
    else retryOnServer.mutate(message);
  };
  const discard = (message: LocalMessage) => {
    outbox.remove(message.id);
    client.setQueryData<ThreadData>(
      messageKeys.thread(conversationId),
      (thread) => thread && removeMessage(thread, message.id),
    );
  };
  return { retry, discard };
}

/** Takes up what an earlier life of this tab had not delivered. Rendered once per waiting conversation. */
export function useResumedDelivery(conversationId: ConversationId): void {
  const client = useQueryClient();
  const outbox = useOutbox();
  const deliver = useDelivery(conversationId);
  useEffect(() => {
    const underWay = new Set(
      client
        .getMutationCache()
        .findAll({ mutationKey: SEND_KEY, status: "pending" })
        .map(({ state }) => (state.variables as LocalMessage | undefined)?.id),
    );
    for (const message of outbox.list()) {
      if (message.conversationId !== conversationId || message.local !== "sending") continue;
      if (!underWay.has(message.id)) deliver(message);
    }
  }, [client, conversationId, outbox, deliver]);
}

function bodyOf(message: LocalMessage): SendMessage {
  return {
    id: message.id,
    type: "text",
    text: message.text ?? "",
    ...(message.replyToId && { replyToId: message.replyToId }),
  };
}

function asRejected(message: LocalMessage, error: AppError): LocalMessage {
  return {
    ...message,
    local: "rejected",
    status: "failed",
    error: { code: error.code, title: "", detail: error.detail ?? "", action: "" },
  };
}

/** At the end of the thread, also when this clock is behind the server's. */
function afterNewest(client: QueryClient, conversationId: ConversationId): string {
  const newest = messagesOf(client.getQueryData<ThreadData>(messageKeys.thread(conversationId))).at(-1);
  const after = newest ? Date.parse(newest.sentAt) + 1 : 0;
  return new Date(Math.max(Date.now(), after)).toISOString();
}
