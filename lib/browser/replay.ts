import type { QueryClient } from "@tanstack/react-query";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";

/**
 * An answer that was read before an event, but arrives after it, would put the old state back. So the
 * events that came in while a query was loading are applied once more on top of what it loaded.
 */
export function replayOverFetches(client: QueryClient, apply: (event: RealtimeEvent) => void) {
  const loadingSince = new Map<string, number>();
  let recent: { order: number; event: RealtimeEvent }[] = [];
  let order = 0;

  const unsubscribe = client.getQueryCache().subscribe((change) => {
    if (change.type !== "updated") return;
    const { action, query } = change;
    if (action.type === "fetch") loadingSince.set(query.queryHash, order);
    const loaded = action.type === "success" && action.manual !== true;
    if (!loaded && action.type !== "error") return;
    const since = loadingSince.get(query.queryHash);
    loadingSince.delete(query.queryHash);
    if (loaded && since !== undefined) {
      for (const entry of recent) if (entry.order >= since) apply(entry.event);
    }
    if (loadingSince.size === 0) recent = [];
  });

  return {
    record(event: RealtimeEvent): void {
      if (loadingSince.size === 0) return;
      recent.push({ order, event });
      order += 1;
    },
    stop: unsubscribe,
  };
}
