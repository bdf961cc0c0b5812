import { randomInt } from "node:crypto";
import type { WebSocket } from "ws";
import { countOne } from "./counters.ts";
import { CODES, type EncodedFrame, type ErrorCode, errorFrame, systemFrame } from "./protocol.ts";
import type { AppScope } from "./settings.ts";

/** One established socket: what it may see, who it is and how to speak to it. */
export class Connection {
  readonly socketId: string;
  readonly subscriptions = new Set<string>();
  /** Set once the browser has signed in. */
  userId: string | undefined;
  /** When anything last came from the client, and whether we have asked since. */
  lastSeenMs: number;
  pinged = false;
  readonly clientEventWindow = { startMs: 0, count: 0 };

  readonly #ws: WebSocket;
  readonly #scope: AppScope;
  #open = true;

  constructor(ws: WebSocket, scope: AppScope) {
    this.#ws = ws;
    this.#scope = scope;
    this.lastSeenMs = scope.settings.clock.now();
    this.socketId = newSocketId(scope);
    scope.rooms.connections.set(this.socketId, this);
    scope.settings.counters.connectionsOpened += 1;
  }

  /** False as soon as either side has ended the connection. */
  get open(): boolean {
    return this.#open;
  }

  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  greet(): void {
    const { activityTimeoutS } = this.#scope.settings;
    this.sendSystem("pusher:connection_established", {
      socket_id: this.socketId,
      activity_timeout: activityTimeoutS,
    });
  }

  seen(): void {
    this.lastSeenMs = this.#scope.settings.clock.now();
    this.pinged = false;
  }

  send(frame: EncodedFrame): void {
    if (!this.#open) return;
    const { limits, counters } = this.#scope.settings;
    if (this.#ws.bufferedAmount > limits.bufferedBytes) {
      this.close(CODES.reconnect, "The client reads too slowly");
      return;
    }
    counters.framesSent += 1;
    counters.bytesSent += frame.length;
    this.#ws.send(frame, { binary: false });
  }

  sendSystem(event: string, data: object, channel?: string): void {
    this.send(systemFrame(event, data, channel));
  }

  /** Tells the client what was wrong and keeps the connection. */
  complain(message: string, code: ErrorCode | null = null): void {
    this.send(errorFrame(message, code));
  }

  /**
   * Ends the connection. The state is cleaned at once: a reader that has stopped would answer the
   * closing handshake late or never.
   */
  close(code: ErrorCode, message: string): void {
    if (!this.#open) return;
    this.#forget();
    countOne(this.#scope.settings.counters.closedByCode, code);
    this.#ws.send(errorFrame(message, code), { binary: false });
    this.#ws.close(code, message);
  }

  /** The socket is gone, whoever ended it. */
  closed(): void {
    if (this.#open) this.#forget();
  }

  #forget(): void {
    this.#open = false;
    this.#scope.rooms.remove(this);
    this.#scope.settings.counters.connectionsClosed += 1;
  }
}

/** Two random numbers joined by a dot: the SDK refuses to sign any other form. */
function newSocketId({ rooms }: AppScope): string {
  for (;;) {
    const socketId = `${randomInt(1, 2 ** 31)}.${randomInt(1, 2 ** 31)}`;
    if (!rooms.connections.has(socketId)) return socketId;
  }
}
