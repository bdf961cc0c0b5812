"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "#lib/browser/workspace.tsx";
import type {
  ChannelView,
  ConnectChannel,
  CreateChannel,
  UpdateChannel,
} from "#lib/domain/channels/schema.ts";
import type { PacingView, UpdatePacing } from "#lib/domain/pacing/schema.ts";
import { channelKeys } from "./queries.ts";
import { forgetChannel, storeChannel } from "./realtime.ts";

export function useCreateChannel() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CreateChannel) => api.post<ChannelView>("/channels", input),
    onSuccess: (channel) => storeChannel(client, channel),
  });
}

export function useRenameChannel(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateChannel) => api.patch<ChannelView>(`/channels/${id}`, input),
    onMutate: async (input) => {
      await client.cancelQueries({ queryKey: channelKeys.detail(id) });
      const before = client.getQueryData<ChannelView>(channelKeys.detail(id));
      if (before) storeChannel(client, { ...before, ...input });
      return { before };
    },
    onSuccess: (channel) => storeChannel(client, channel),
    onError: (_error, _input, context) => {
      if (context?.before) storeChannel(client, context.before);
    },
  });
}

/** Each answers the channel as it now is; only `connect` reads its input. */
function useChannelCommand(id: string, command: "connect" | "restart" | "disconnect") {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ConnectChannel) => api.post<ChannelView>(`/channels/${id}/${command}`, input),
    onSuccess: (channel) => {
      storeChannel(client, channel);
      return client.invalidateQueries({ queryKey: channelKeys.timeline(id) });
    },
  });
}

export const useConnectChannel = (id: string) => useChannelCommand(id, "connect");
export const useRestartChannel = (id: string) => useChannelCommand(id, "restart");
export const useDisconnectChannel = (id: string) => useChannelCommand(id, "disconnect");

export function useUpdatePacing(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdatePacing) => api.patch<PacingView>(`/channels/${id}/pacing`, input),
    onSuccess: (pacing) => client.setQueryData(channelKeys.pacing(id), pacing),
  });
}

/** Lets what waits leave, after a stop on signs of a restriction. */
export function useResumeSending(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<PacingView>(`/channels/${id}/resume`, {}),
    onSuccess: (pacing) => client.setQueryData(channelKeys.pacing(id), pacing),
  });
}

export function useDeleteChannel(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/channels/${id}`),
    onSuccess: () => forgetChannel(client, id),
  });
}
