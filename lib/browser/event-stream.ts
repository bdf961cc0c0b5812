import type { RealtimeEvent } from "#lib/domain/events/schema.ts";

/** What GET /api/v1/changes answers. `reset`: too much was missed to be told one by one. */
export type Changes = { data: RealtimeEvent[]; seq: number; reset: boolean };

type EventStreamOptions = {
  /** Events after `seq`, oldest first; null asks for the current number only. */
  fetchChanges: (after: number | null) => Promise<Changes>;
  apply: (event: RealtimeEvent) => void;
  /** Everything shown may be out of date: load it anew. */
  reset: () => void;
};

/**
 * Turns frames that may be missing, doubled or out of order into each event once, in order. The number
 * `seq` grows by one per event of the tenant, so a jump means that something was missed: then, as after
 * every reconnect, the API tells what happened in between. Frames that arrive meanwhile wait.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  #lastSeq: number | null;
  #waiting = new Map<number, RealtimeEvent>();
  #catchingUp: Promise<void> | null = null;

  /** `startSeq`: the number at which what is on screen was read, or null when nobody knows. */
  constructor(startSeq: number | null, options: EventStreamOptions) {
    this.#lastSeq = startSeq;
    this.#options = options;
  }

  get lastSeq(): number | null {
    return this.#lastSeq;
  }

  receive(event: RealtimeEvent): void {
    if (this.#lastSeq !== null && event.seq <= this.#lastSeq) return;
    this.#waiting.set(event.seq, event);
    if (this.#catchingUp) return;
    this.#drain();
    // A rejected catch-up leaves the frames waiting: the next frame, reconnect or poll tries again.
    if (this.#waiting.size > 0) this.catchUp().catch(() => {});
  }

  /** Rejects when the API cannot be reached; may be called again at any time. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#fetchMissed().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #fetchMissed(): Promise<void> {
    let complete = false;
    while (!complete) {
      const changes = await this.#options.fetchChanges(this.#lastSeq);
      const newest = changes.data.at(-1)?.seq ?? changes.seq;
      complete = newest >= changes.seq;
      if (this.#lastSeq === null || changes.reset) {
        this.#lastSeq = changes.seq;
        this.#options.reset();
        complete = true;
      } else {
        for (const event of changes.data) this.#deliver(event);
        this.#lastSeq = Math.max(this.#lastSeq, newest);
      }
    }
    this.#drain();
    if (this.#waiting.size > 0) this.#acceptGap();
  }

  /** Delivers what follows on without a hole. */
  #drain(): void {
    if (this.#lastSeq === null) return;
    for (const seq of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      if (seq > this.#lastSeq + 1) return;
      const event = this.#waiting.get(seq);
      this.#waiting.delete(seq);
      if (event) this.#deliver(event);
    }
  }

  /** The API was asked and knows nothing of the hole: what waits behind it is delivered in order. */
  #acceptGap(): void {
    for (const seq of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      const event = this.#waiting.get(seq);
      this.#waiting.delete(seq);
      if (event) this.#deliver(event);
    }
  }

  #deliver(event: RealtimeEvent): void {
    if (this.#lastSeq !== null && event.seq <= this.#lastSeq) return;
    this.#lastSeq = event.seq;
    this.#options.apply(event);
  }
}
