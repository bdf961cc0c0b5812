import type { QueryClient } from "@tanstack/react-query";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { gapKeys } from "./queries.ts";

/** Gaps come and go with what happens to their number's connection. */
export function applyToGaps(client: QueryClient, event: RealtimeEvent): void {
  if (event.type === "channel.updated") void client.invalidateQueries({ queryKey: gapKeys.all });
}
