import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { SandboxState, SandboxThread } from "#lib/domain/sandbox/schema.ts";

export const sandboxKeys = {
  all: ["sandbox"] as const,
  state: (channelId: string) => [...sandboxKeys.all, "state", channelId] as const,
  thread: (channelId: string, phone: string) => [...sandboxKeys.all, "thread", channelId, phone] as const,
  media: (path: string) => ["sandbox-media", path] as const,
};

/** The outside world has no push: it is looked at once a second, and only while someone looks at the page. */
const POLL_MS = 1_000;

export function sandboxStateQuery(api: Api, channelId: string) {
  return queryOptions({
    queryKey: sandboxKeys.state(channelId),
    queryFn: ({ signal }) => api.get<SandboxState>(`/sandbox/channels/${channelId}`, { signal }),
    refetchInterval: POLL_MS,
    staleTime: 0,
    retry: false,
  });
}

export function sandboxThreadQuery(api: Api, channelId: string, phone: string) {
  return queryOptions({
    queryKey: sandboxKeys.thread(channelId, phone),
    queryFn: ({ signal }) =>
      api.get<SandboxThread>(`/sandbox/channels/${channelId}/chats/${phone}/messages`, { signal }),
    refetchInterval: POLL_MS,
    staleTime: 0,
    retry: false,
  });
}
