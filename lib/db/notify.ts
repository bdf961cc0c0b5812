import { logger } from "#lib/kernel/logger.ts";
import { databasePool } from "./client.ts";

const running = new Set<string>();
const again = new Set<string>();

/**
 * Tells listeners that something was committed. Outside the transaction on purpose: NOTIFY inside makes
 * commits wait for one another. Calls in a burst share one NOTIFY; it may be lost, so listeners also
 * look by themselves now and then.
 */
export function notifySoon(channel: string, payload = ""): void {
  const key = `${channel} ${payload}`;
  if (running.has(key)) {
    again.add(key);
    return;
  }
  running.add(key);
  databasePool()
    .query({ name: "notify", text: "select pg_notify($1, $2)", values: [channel, payload] })
    .catch((error: unknown) => logger.debug({ err: error, channel }, "nobody was told"))
    .finally(() => {
      running.delete(key);
      if (again.delete(key)) notifySoon(channel, payload);
    });
}
