import { databasePool } from "#lib/db/client.ts";
import { logger } from "#lib/kernel/logger.ts";

export const RELAY_CHANNEL = "recado_events";

let running = false;
let again = false;

/**
 * Tells the relay (lib/worker/event-relay.ts) that events were committed. Outside the transaction on
 * purpose: NOTIFY inside would make commits wait for one another. Calls in a burst share one NOTIFY;
 * if it is lost, the relay finds the events by itself within a second.
 */
export function wakeRelay(): void {
  if (running) {
    again = true;
    return;
  }
  running = true;
  databasePool()
    .query("select pg_notify($1, '')", [RELAY_CHANNEL])
    .catch((error: unknown) => logger.debug({ err: error }, "relay not woken"))
    .finally(() => {
      running = false;
      if (again) {
        again = false;
        wakeRelay();
      }
    });
}
