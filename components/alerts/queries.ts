import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#lib/browser/api.ts";
import type { AlertView } from "#lib/domain/alerts/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

export const alertKeys = { all: ["alerts"] as const };

/** Asked again now and then, in case live news do not get through just when something is wrong. */
const POLL_MS = 30_000;

export function alertsQuery(api: Api) {
  return queryOptions({
    queryKey: alertKeys.all,
    queryFn: ({ signal }) => api.get<Page<AlertView>>("/alerts", { signal }),
    refetchInterval: POLL_MS,
  });
}
