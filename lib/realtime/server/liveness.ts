import type { Connection } from "./connection.ts";
import { CODES } from "./protocol.ts";
import type { Settings } from "./settings.ts";

const SWEEP_MS = 5_000;
/** A client pings by itself after `activity_timeout`; this much later it should have arrived. */
const GRACE_MS = 30_000;
const PONG_WAIT_MS = 30_000;

/**
 * Finds sockets that died without closing (a laptop asleep, a dead network): silent for the activity
 * timeout and 30 s they are asked, silent for 30 s more they are closed. Returns how to stop.
 */
export function watchLiveness(settings: Settings, connections: () => Iterable<Connection>): () => void {
  return settings.clock.every(SWEEP_MS, () => {
    const nowMs = settings.clock.now();
    const silenceMs = settings.activityTimeoutS * 1000 + GRACE_MS;
    for (const connection of connections()) {
      const silentForMs = nowMs - connection.lastSeenMs;
      if (silentForMs >= silenceMs + PONG_WAIT_MS) {
        connection.close(CODES.pongMissing, "No answer to a ping");
      } else if (silentForMs >= silenceMs && !connection.pinged) {
        connection.pinged = true;
        connection.sendSystem("pusher:ping", {});
      }
    }
  });
}
