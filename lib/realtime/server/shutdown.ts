import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { Connection } from "./connection.ts";
import { CODES } from "./protocol.ts";

/** A thousand clients told in one instant would all return in one. */
const PAUSE_PER_BATCH_MS = 20;
const BATCHES_MAX = 100;
/** Sockets that have not left by then are cut. */
const DEADLINE_MS = 5_000;

type Closing = { http: Server; connections: Connection[]; sockets: ReadonlySet<WebSocket> };

/**
 * Stops accepting, sends all clients away, spread over at most two seconds, and waits until they have gone.
 *
 * With 4100, which pusher-js answers by a new attempt after a second. At 4200 it would try in the same
 * instant, find nobody listening, and then sit out its 15 s for a failed attempt.
 */
export async function closeAll({ http, connections, sockets }: Closing): Promise<void> {
  const stopped = http.listening
    ? new Promise<void>((resolve) => http.close(() => resolve()))
    : Promise.resolve();
  http.closeIdleConnections();
  const deadline = setTimeout(() => {
    for (const socket of sockets) socket.terminate();
    http.closeAllConnections();
  }, DEADLINE_MS);

  const batchSize = Math.max(10, Math.ceil(connections.length / BATCHES_MAX));
  for (let start = 0; start < connections.length; start += batchSize) {
    if (start > 0) await wait(PAUSE_PER_BATCH_MS);
    for (const connection of connections.slice(start, start + batchSize)) {
      connection.close(CODES.overCapacity, "The server restarts");
    }
  }
  await stopped;
  clearTimeout(deadline);
}
