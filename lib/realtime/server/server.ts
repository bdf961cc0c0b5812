import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Clock, systemClock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { Counters, countOne } from "./counters.ts";
import { readHandshake } from "./handshake.ts";
import { type HttpApi, handleRequest } from "./http-api.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { watchLiveness } from "./liveness.ts";
import { type ErrorCode, errorFrame } from "./protocol.ts";
import { receive } from "./receive.ts";
import { Rooms } from "./rooms.ts";
import type { AppScope, RealtimeApp, RealtimeLogger, Settings } from "./settings.ts";
import { closeAll } from "./shutdown.ts";

/**
 * A server for Pusher Channels protocol 7, for one process: rooms live in memory, so a second instance
 * would not see them. The `pusher` and `pusher-js` packages use it unchanged, and hosted Pusher or
 * soketi replace it by configuration alone.
 *
 * app: a set of credentials · connection: one socket · channel: a name sockets subscribe to ·
 * member: a user on a presence channel, however many sockets they have.
 */
export type RealtimeServerOptions = {
  apps: readonly RealtimeApp[];
  /** 0 (the default) takes any free port. */
  port?: number;
  host?: string;
  /** How long a client may be silent before it pings, told to it on connection. */
  activityTimeoutS: number;
  /** Whether channels without `private-` or `presence-` can be joined, by anyone. */
  allowPublic: boolean;
  allowedOrigins?: readonly string[];
  limits?: Partial<Limits>;
  clock?: Clock;
  logger?: RealtimeLogger;
};

export type RealtimeServer = ReturnType<typeof createRealtimeServer>;

const LOOPBACK = /^(127\.|::1$|::ffff:127\.|localhost$)/;
/** How long a peer may take to answer a closing handshake before its socket is cut. */
const CLOSE_WAIT_MS = 5_000;
const SILENT: RealtimeLogger = { info() {}, warn() {}, error() {} };

export function createRealtimeServer(options: RealtimeServerOptions) {
  const { host = "127.0.0.1", port = 0, logger = SILENT } = options;
  const settings: Settings = {
    activityTimeoutS: options.activityTimeoutS,
    allowPublic: options.allowPublic,
    allowedOrigins: options.allowedOrigins,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    clock: options.clock ?? systemClock,
    logger,
    counters: new Counters(),
  };
  const scopes = new Map<string, AppScope>(
    options.apps.map((app) => [app.key, { app, rooms: new Rooms(), settings }]),
  );
  const scopeOfKey = (key: string) => scopes.get(key);
  /** Every open socket, also those that are on their way out and in no room any more. */
  const sockets = new Set<WebSocket>();
  let stopWatching: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  const connections = function* () {
    for (const { rooms } of scopes.values()) yield* rooms.connections.values();
  };
  const total = (count: (rooms: Rooms) => number) =>
    [...scopes.values()].reduce((sum, { rooms }) => sum + count(rooms), 0);
  const connectionCount = () => total((rooms) => rooms.connections.size);
  const api: HttpApi = {
    settings,
    scopeOfKey,
    isLoopback: () => LOOPBACK.test(address().host),
    health: () => ({
      up: closing === undefined,
      body: {
        status: closing ? "closing" : "ok",
        connections: connectionCount(),
        channels: total((rooms) => rooms.channels.size),
      },
    }),
  };

  const http = createServer((request, response) => void handleRequest(api, request, response));
  // Kept apart from the call because the types of ws do not know closeTimeout yet.
  const webSocketOptions = {
    noServer: true,
    maxPayload: settings.limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    closeTimeout: CLOSE_WAIT_MS,
  };
  const webSockets = new WebSocketServer(webSocketOptions);
  http.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(request, socket, head);
  });

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const full = closing !== undefined || connectionCount() >= settings.limits.connections;
    const handshake = readHandshake(request, settings, scopeOfKey, full);
    if (handshake.outcome === "ignored") {
      socket.destroy();
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      sockets.add(ws);
      ws.on("close", () => sockets.delete(ws));
      // ws answers a broken or oversized frame itself (1002, 1009); unheard it would end the process.
      ws.on("error", () => {});
      if (handshake.outcome === "refused") refuse(ws, handshake.code, handshake.message);
      else establish(ws, handshake.scope);
    });
  }

  function refuse(ws: WebSocket, code: ErrorCode, message: string): void {
    countOne(settings.counters.handshakesRefused, code);
    ws.send(errorFrame(message, code), { binary: false });
    ws.close(code, message);
  }

  function establish(ws: WebSocket, scope: AppScope): void {
    const connection = new Connection(ws, scope);
    ws.on("message", (raw, isBinary) => receive(scope, connection, raw, isBinary));
    ws.on("ping", () => connection.seen());
    ws.on("error", () => connection.closed());
    ws.on("close", () => connection.closed());
    connection.greet();
  }

  /** Where the server listens; throws before `start`. */
  function address(): { host: string; port: number } {
    const bound = http.address();
    if (bound === null || typeof bound === "string") throw new Error("The realtime server is not listening");
    return { host: bound.address, port: bound.port };
  }

  /** Resolves once connections are accepted; rejects when the port is taken. */
  async function start(): Promise<{ host: string; port: number }> {
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(port, host, () => {
        http.off("error", reject);
        // Such as no file descriptor left for a new socket: those that are open go on.
        http.on("error", (error) => logger.error({ err: error }, "realtime server could not accept"));
        resolve();
      });
    });
    stopWatching = watchLiveness(settings, connections);
    logger.info(address(), "realtime server is listening");
    return address();
  }

  /** Sends every client away to reconnect and ends within a few seconds. Safe to call twice. */
  function close(): Promise<void> {
    closing ??= (async () => {
      stopWatching?.();
      await closeAll({ http, connections: [...connections()], sockets });
      logger.info(settings.counters.snapshot(), "realtime server is closed");
    })();
    return closing;
  }

  /** Sizes now and totals since the start. */
  function stats() {
    return {
      connections: connectionCount(),
      channels: total((rooms) => rooms.channels.size),
      users: total((rooms) => rooms.users.size),
      sockets: sockets.size,
      bufferedBytes: [...connections()].reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0),
      counters: settings.counters.snapshot(),
    };
  }

  return { start, address, close, stats };
}
