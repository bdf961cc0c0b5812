import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { Connection } from "./connection.ts";
import { CODES } from "./protocol.ts";

/** 4200 means "come back at once": a thousand clients told in one instant would return in one. */
const PAUSE_PER_BATCH_MS = 20;
const BATCHES_MAX = 100;
/** Sockets that have not left by then are cut. */
const DEADLINE_MS = 5_000;

type Closing = { http: Server; connections: Connection[]; sockets: ReadonlySet<WebSocket> };

/** Stops accepting, asks all clients to reconnect, spread over at most two seconds, and waits for them. */
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
      connection.close(CODES.reconnect, "The server restarts");
    }
  }
  await stopped;
  clearTimeout(deadline);
}
