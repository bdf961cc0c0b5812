"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { MediaView, MessageView, SendMessage } from "#lib/domain/messages/schema.ts";
import { type ChannelId, type ConversationId, newId } from "#lib/kernel/ids.ts";
import { findMessage, messagesOf, patchMessage, type ThreadData } from "./cache.ts";
import { useDelivery } from "./delivery.ts";
import { keepLocalFile, type LocalFile } from "./local-files.ts";
import { blankMessage, type LocalMessage } from "./local-message.ts";
import { messageKeys } from "./queries.ts";
import { toggledReactions } from "./reactions.ts";
import { putMessage } from "./realtime.ts";

export type OutgoingFile = Omit<LocalFile, "url"> & {
  type: "image" | "video" | "audio" | "voice" | "document" | "sticker";
  caption: string;
  width?: number;
  height?: number;
};

/** Words and files as messages: they show at once and are brought to the server. */
export function useSend(conversationId: ConversationId, channelId: ChannelId) {
  const client = useQueryClient();
  const deliver = useDelivery(conversationId);
  const { user, member } = useWorkspace();
  return useCallback(
    (content: { text: string } | { file: OutgoingFile }, replyTo: LocalMessage | null): LocalMessage => {
      const blank = blankMessage({ conversationId, channelId, sentAt: afterNewest(client, conversationId) });
      const message: LocalMessage = {
        ...blank,
        ...("text" in content ? { text: content.text } : filePart(blank, content.file)),
        ...(replyTo && {
          replyToId: replyTo.id,
          quoted: { text: replyTo.text, type: replyTo.type },
        }),
        author: { kind: "member", id: member.id, name: user.name },
        local: "sending",
      };
      deliver(message);
      return message;
    },
    [client, conversationId, channelId, deliver, member.id, user.name],
  );
}

function filePart({ id }: LocalMessage, outgoing: OutgoingFile): Partial<LocalMessage> {
  const { file, type, caption, width, height, durationS, waveform } = outgoing;
  const { url } = keepLocalFile(id, {
    file,
    ...(durationS !== undefined && { durationS }),
    ...(waveform && { waveform }),
  });
  const media: MediaView = {
    id: newId("media"),
    status: "ready",
    mimeType: file.type || null,
    fileName: type === "document" ? file.name : null,
    sizeBytes: file.size,
    width: width ?? null,
    height: height ?? null,
    durationS: durationS ?? null,
    waveform: waveform ?? [],
    preview: null,
    url,
    thumbnailUrl: null,
    error: null,
  };
  return { type, text: caption.trim() || null, media };
}

/** What to do with a bubble that did not get through. */
export function useRetry(conversationId: ConversationId, onFailed: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const deliver = useDelivery(conversationId);
  const onServer = useMutation<MessageView, Error, LocalMessage>({
    mutationFn: (message) => api.post<MessageView>(`/messages/${message.id}/retry`),
    onMutate: (message) => putMessage(client, { ...message, status: "queued", error: null }),
    onSuccess: (answer) => putMessage(client, answer),
    // Back to what it was: both may follow "queued".
    onError: (_error, message) => {
      putMessage(client, message);
      onFailed();
    },
  });
  return (message: LocalMessage) => {
    if (message.local === "rejected")
      deliver({ ...message, local: "sending", status: "queued", error: null });
    else onServer.mutate(message);
  };
}

/** Fetches a file from WhatsApp again. */
export function useRetryMedia(onFailed: () => void) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<MediaView, Error, LocalMessage>({
    mutationFn: (message) => api.post<MediaView>(`/media/${message.media?.id}/retry`),
    onMutate: (message) =>
      changeInThread(client, message, ({ media, ...rest }) => ({
        ...rest,
        media: media && { ...media, status: "pending", error: null },
      })),
    onError: (_error, message) => {
      changeInThread(client, message, (known) => ({ ...known, media: message.media }));
      onFailed();
    },
  }).mutate;
}

/** Sets, changes or (null) takes back our reaction. It shows at once. */
export function useReact(conversationId: ConversationId, onFailed: (error: Error) => void) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<MessageView, Error, { message: LocalMessage; emoji: string | null }>({
    // One after the other: the last one chosen is the one that stays.
    scope: { id: `react-${conversationId}` },
    mutationFn: ({ message, emoji }) => {
      const body: SendMessage = {
        id: newId("message"),
        type: "reaction",
        targetId: message.id,
        emoji,
      };
      return api.post<MessageView>(`/conversations/${conversationId}/messages`, body);
    },
    onMutate: ({ message, emoji }) =>
      changeInThread(client, message, (known) => ({
        ...known,
        reactions: toggledReactions(known.reactions, emoji),
      })),
    onError: (error, { message }) => {
      changeInThread(client, message, (known) => ({ ...known, reactions: message.reactions }));
      onFailed(error);
    },
  }).mutate;
}

type Change = { message: LocalMessage; text: string | null };

/** Asks WhatsApp for other words (`text`) or for the message's deletion (null). */
export function useChangeMessage(onFailed: (error: Error) => void) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<MessageView, Error, Change>({
    mutationFn: ({ message, text }) =>
      text === null
        ? api.delete<MessageView>(`/messages/${message.id}`)
        : api.patch<MessageView>(`/messages/${message.id}`, { text }),
    onMutate: ({ message, text }) =>
      changeInThread(client, message, (known) => ({
        ...known,
        change: { pending: text === null ? "deletion" : "edit", error: null },
      })),
    onError: (error, { message }) => {
      changeInThread(client, message, (known) => ({ ...known, change: message.change }));
      onFailed(error);
    },
  }).mutate;
}

function changeInThread(
  client: QueryClient,
  { id, conversationId }: LocalMessage,
  change: (message: LocalMessage) => LocalMessage,
): void {
  client.setQueryData<ThreadData>(messageKeys.thread(conversationId), (thread) =>
    thread && findMessage(thread, id) ? patchMessage(thread, id, change) : thread,
  );
}

/** At the end of the thread, also when this clock is behind the server's. */
function afterNewest(client: QueryClient, conversationId: ConversationId): string {
  const newest = messagesOf(client.getQueryData<ThreadData>(messageKeys.thread(conversationId))).at(-1);
  const after = newest ? Date.parse(newest.sentAt) + 1 : 0;
  return new Date(Math.max(Date.now(), after)).toISOString();
}
