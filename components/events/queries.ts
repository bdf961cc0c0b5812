import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type {
  InboundEventCount,
  InboundEventDetail,
  InboundEventFilter,
  InboundEventPage,
} from "#lib/domain/inbound-events/schema.ts";
import type { TenantSettings } from "#lib/domain/tenants/schema.ts";
import type { InboundEventId } from "#lib/kernel/ids.ts";

export const LIST_PAGE = 50;
const WAITING_MS = 1_500;
const NEW_MS = 5_000;

export const eventKeys = {
  all: ["inbound-events"] as const,
  list: (filter: InboundEventFilter) => ["inbound-events", "list", filter] as const,
  count: (filter: InboundEventFilter) => ["inbound-events", "count", filter] as const,
  detail: (id: InboundEventId) => ["inbound-events", "detail", id] as const,
  settings: () => ["tenant-settings"] as const,
};

export const listPageParam = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: InboundEventPage) => page.next,
};

/** Asked again only while something shown still waits to be applied. */
export function eventListQuery(api: Api, filter: InboundEventFilter) {
  return infiniteQueryOptions({
    ...listPageParam,
    queryKey: eventKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<InboundEventPage>("/events", {
        query: { ...filter, cursor: pageParam, limit: LIST_PAGE },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.data.some(({ status }) => status === "pending"))
        ? WAITING_MS
        : false,
  });
}

export function eventQuery(api: Api, id: InboundEventId) {
  return queryOptions({
    queryKey: eventKeys.detail(id),
    queryFn: ({ signal }) => api.get<InboundEventDetail>(`/events/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? WAITING_MS : false),
  });
}

export function eventCountQuery(api: Api, filter: InboundEventFilter) {
  return queryOptions({
    queryKey: eventKeys.count(filter),
    queryFn: ({ signal }) => api.get<InboundEventCount>("/events/count", { query: filter, signal }),
    staleTime: 0,
  });
}

/** How many arrived since the list was loaded. */
export function newEventsQuery(api: Api, filter: InboundEventFilter) {
  return queryOptions({ ...eventCountQuery(api, filter), refetchInterval: NEW_MS, retry: false });
}

export function tenantSettingsQuery(api: Api) {
  return queryOptions({
    queryKey: eventKeys.settings(),
    queryFn: ({ signal }) => api.get<TenantSettings>("/tenant", { signal }),
  });
}
