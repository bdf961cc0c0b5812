import { notifySoon } from "#lib/db/notify.ts";

export const RELAY_CHANNEL = "recado_events";

/**
 * Tells the relay (lib/worker/event-relay.ts) that events were committed; should it not hear, it finds
 * them by itself within a second.
 */
export function wakeRelay(): void {
  notifySoon(RELAY_CHANNEL);
}
