"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { asAppError } from "#lib/browser/api.ts";
import { waitBeforeRetry } from "#lib/browser/query-client.ts";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { MessageView, SendMessage } from "#lib/domain/messages/schema.ts";
import type { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { findMessage, removeMessage, type ThreadData } from "./cache.ts";
import { dropLocalFile, localFile } from "./local-files.ts";
import type { LocalMessage } from "./local-message.ts";
import { outboxOf } from "./outbox.ts";
import { messageKeys } from "./queries.ts";
import { putMessage } from "./realtime.ts";
import { UploadCancelled, uploadOf } from "./send-file.ts";

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
 * One at a time per conversation, so that their order holds; files travel side by side before that.
 */
export function useDelivery(conversationId: ConversationId) {
  const api = useApi();
  const client = useQueryClient();
  const outbox = useOutbox();
  const { tenant } = useWorkspace();
  const forget = useForget(conversationId);
  const { mutate } = useMutation<MessageView, Error, LocalMessage>({
    mutationKey: SEND_KEY,
    scope: { id: `send-${conversationId}` },
    mutationFn: async (message) => {
      const media = localFile(message.id) ? await uploadOf(tenant.id, message) : message.media;
      const ready = { ...message, media };
      // From here on it outlives this page: the server has the file.
      outbox.put(ready);
      return api.post<MessageView>(`/conversations/${message.conversationId}/messages`, bodyOf(ready));
    },
    retry: (_failures, error) => !(error instanceof UploadCancelled) && asAppError(error).retryable,
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
      if (error instanceof UploadCancelled) return forget(sent);
      const rejected = asRejected(sent, asAppError(error));
      if (!localFile(sent.id)) outbox.put(rejected);
      putMessage(client, rejected);
    },
  });
  return useCallback(
    (message: LocalMessage) => {
      if (localFile(message.id)) uploadOf(tenant.id, message).catch(() => undefined);
      else outbox.put(message);
      putMessage(client, message);
      mutate(message);
    },
    [client, mutate, outbox, tenant.id],
  );
}

/** Takes a message away that exists in this browser alone. */
export function useForget(conversationId: ConversationId) {
  const client = useQueryClient();
  const outbox = useOutbox();
  return useCallback(
    (message: LocalMessage) => {
      outbox.remove(message.id);
      dropLocalFile(message.id);
      client.setQueryData<ThreadData>(
        messageKeys.thread(conversationId),
        (thread) => thread && removeMessage(thread, message.id),
      );
    },
    [client, outbox, conversationId],
  );
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
  const { id, type, text, media, replyToId } = message;
  const common = { id, ...(replyToId && { replyToId }) };
  if (!media) return { ...common, type: "text", text: text ?? "" };
  const file = { ...common, mediaId: media.id };
  switch (type) {
    case "image":
    case "video":
    case "document":
      return { ...file, type, ...(text && { text }) };
    case "audio":
    case "voice":
    case "sticker":
      return { ...file, type };
    default:
      return { ...file, type: "document", ...(text && { text }) };
  }
}

function asRejected(message: LocalMessage, error: AppError): LocalMessage {
  return {
    ...message,
    local: "rejected",
    status: "failed",
    error: { code: error.code, title: "", detail: error.detail ?? "", action: "" },
  };
}
