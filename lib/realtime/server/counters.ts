/** Running totals since the start, for metrics. They only grow. */
export class Counters {
  connectionsOpened = 0;
  connectionsClosed = 0;
  framesReceived = 0;
  framesSent = 0;
  bytesSent = 0;
  /** Events accepted over HTTP, counted once however many channels and sockets they reach. */
  eventsPublished = 0;
  clientEvents = 0;
  subscriptionsRefused = 0;
  /** Handshakes that ended before `connection_established`, by code. */
  readonly handshakesRefused = new Map<number, number>();
  /** Established connections that we ended, by code. */
  readonly closedByCode = new Map<number, number>();
  /** Answers of the HTTP API that were not 200, by status. */
  readonly requestsRefused = new Map<number, number>();

  snapshot() {
    return {
      connectionsOpened: this.connectionsOpened,
      connectionsClosed: this.connectionsClosed,
      framesReceived: this.framesReceived,
      framesSent: this.framesSent,
      bytesSent: this.bytesSent,
      eventsPublished: this.eventsPublished,
      clientEvents: this.clientEvents,
      subscriptionsRefused: this.subscriptionsRefused,
      handshakesRefused: Object.fromEntries(this.handshakesRefused),
      closedByCode: Object.fromEntries(this.closedByCode),
      requestsRefused: Object.fromEntries(this.requestsRefused),
    };
  }
}

export function countOne(totals: Map<number, number>, code: number): void {
  totals.set(code, (totals.get(code) ?? 0) + 1);
}
