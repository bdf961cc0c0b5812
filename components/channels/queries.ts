import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { ChannelQr, ChannelStatus, ChannelView, TimelineEntry } from "#lib/domain/channels/schema.ts";
import type { PacingView } from "#lib/domain/pacing/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export const channelKeys = {
  all: ["channels"] as const,
  list: () => [...channelKeys.all, "list"] as const,
  details: () => [...channelKeys.all, "detail"] as const,
  detail: (id: string) => [...channelKeys.details(), id] as const,
  timelines: () => [...channelKeys.all, "timeline"] as const,
  timeline: (id: string) => [...channelKeys.timelines(), id] as const,
  pacing: (id: string) => [...channelKeys.all, "pacing", id] as const,
};

/** While a number is being connected the state is asked for now and then, in case live news do not get through. */
const CONNECTING_POLL_MS = 8_000;
const TIMELINE_PAGE = 20;

export function channelListQuery(api: Api) {
  return queryOptions({
    queryKey: channelKeys.list(),
    queryFn: ({ signal }) => api.get<Page<ChannelView>>("/channels", { signal }),
  });
}

export function channelQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: channelKeys.detail(id),
    queryFn: ({ signal }) => api.get<ChannelView>(`/channels/${id}`, { signal }),
    refetchInterval: ({ state }) => (isOnTheWay(state.data?.status) ? CONNECTING_POLL_MS : false),
  });
}

export function pacingQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: channelKeys.pacing(id),
    queryFn: ({ signal }) => api.get<PacingView>(`/channels/${id}/pacing`, { signal }),
  });
}

export function timelineQuery(api: Api, id: string) {
  return infiniteQueryOptions({
    queryKey: channelKeys.timeline(id),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<TimelineEntry>>(`/channels/${id}/timeline`, {
        signal,
        query: { cursor: pageParam, limit: TIMELINE_PAGE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Asks the gateway itself for the code of the moment. */
export function fetchQr(api: Api, id: string): Promise<{ qr: ChannelQr | null; status: ChannelStatus }> {
  return api.get(`/channels/${id}/qr`);
}

function isOnTheWay(status: ChannelStatus | undefined): boolean {
  return status === "qr" || status === "connecting" || status === "setup_failed";
}
