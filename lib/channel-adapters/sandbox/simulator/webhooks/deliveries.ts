import { objectOr } from "../json.ts";
import { type Database, number, numberOrNull, type Row, text } from "../store/database.ts";
import type { Timings } from "../timings.ts";
import { Poster } from "./post.ts";

/** Answers after which the gateway gives up at once (evolution CONTRACT section 11). */
const FINAL_ANSWERS = new Set([400, 401, 403, 404, 422]);
const IN_FLIGHT_MAX = 256;

type Delivery = { id: number; url: string; headers: Record<string, string>; body: string; attempts: number };

function fromRow(row: Row): Delivery {
  const headers = Object.entries(objectOr(JSON.parse(text(row, "headers"))));
  return {
    id: number(row, "id"),
    url: text(row, "url"),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: text(row, "body"),
    attempts: number(row, "attempts"),
  };
}

/**
 * Posts webhooks side by side and repeats the failed ones. Every delivery is a row until it is settled, so a
 * killed process goes on where it stopped. `due_at` null means: an attempt is under way.
 */
export class Deliveries {
  #db: Database;
  #timings: Timings;
  #poster = new Poster();
  #inFlight = 0;
  /** Deliveries that start as soon as the present transaction is on disk. */
  #starting = 0;
  #settled: number[] = [];
  #waiting = new Map<number, (() => void)[]>();
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #paused = false;
  #closed = false;

  constructor(db: Database, timings: Timings) {
    this.#db = db;
    this.#timings = timings;
  }

  /** Takes up what a former process left. The real gateway keeps its repeats in memory and forgets them. */
  resume(forget: boolean): void {
    if (forget) this.#db.run("DELETE FROM delivery");
    else this.#db.run("UPDATE delivery SET due_at = ? WHERE due_at IS NULL", Date.now());
    this.#arm();
  }

  enqueue(delivery: Omit<Delivery, "id" | "attempts"> & { instanceId: string; delayMs?: number }): number {
    const atOnce = !delivery.delayMs && !this.#paused && this.#inFlight + this.#starting < IN_FLIGHT_MAX;
    const dueAt = Date.now() + Math.round(delivery.delayMs ?? 0);
    const { id } = this.#db.run(
      "INSERT INTO delivery (instance_id, url, headers, body, attempts, due_at) VALUES (?, ?, ?, ?, 0, ?)",
      delivery.instanceId,
      delivery.url,
      JSON.stringify(delivery.headers),
      delivery.body,
      atOnce ? null : dueAt,
    );
    if (atOnce) {
      const { url, headers, body } = delivery;
      this.#starting += 1;
      this.#db.afterCommit(() => {
        this.#starting -= 1;
        this.#attempt({ id, url, headers, body, attempts: 0 });
      });
    } else this.#db.afterCommit(() => this.#armAt(dueAt));
    return id;
  }

  /** Resolves when the delivery has succeeded or was given up. */
  whenSettled(id: number): Promise<void> {
    const row = this.#db.row("SELECT id FROM delivery WHERE id = ?", id);
    if (!row || this.#settled.includes(id)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
    });
  }

  pending(instanceId: string): number {
    const row = this.#db.row("SELECT count(*) AS total FROM delivery WHERE instance_id = ?", instanceId);
    return row ? number(row, "total") : 0;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#arm();
  }

  #attempt(delivery: Delivery): void {
    if (this.#closed) return;
    this.#inFlight += 1;
    void this.#poster
      .post(delivery.url, delivery.headers, delivery.body, this.#timings.deliveryTimeoutMs)
      .then((status) => {
        this.#inFlight -= 1;
        if (!this.#closed) this.#finish(delivery, status);
      });
  }

  #finish(delivery: Delivery, status: number | null): void {
    const attempts = delivery.attempts + 1;
    const done = status !== null && ((status >= 200 && status < 300) || FINAL_ANSWERS.has(status));
    const wait = this.#timings.retryWaitsMs[attempts - 1];
    if (done || wait === undefined) this.#settle(delivery.id);
    else {
      const jitter = wait * (0.8 + Math.random() * 0.4);
      const dueAt = Date.now() + Math.round(Math.max(this.#timings.retryWaitMinMs, jitter));
      this.#db.run("UPDATE delivery SET attempts = ?, due_at = ? WHERE id = ?", attempts, dueAt, delivery.id);
      this.#armAt(dueAt);
    }
    if (this.#timerAt <= Date.now()) this.#armAt(Date.now());
  }

  /** Settled rows are deleted together, once per turn of the event loop. */
  #settle(id: number): void {
    this.#settled.push(id);
    if (this.#settled.length > 1) return;
    setImmediate(() => {
      if (this.#closed) return;
      const settled = this.#settled;
      this.#db.write(() => {
        for (const each of settled) this.#db.run("DELETE FROM delivery WHERE id = ?", each);
      });
      this.#settled = [];
      for (const each of settled) {
        for (const resolve of this.#waiting.get(each) ?? []) resolve();
        this.#waiting.delete(each);
      }
      this.#arm();
    });
  }

  #arm(): void {
    const row = this.#db.row("SELECT min(due_at) AS next FROM delivery WHERE due_at IS NOT NULL");
    const next = row ? numberOrNull(row, "next") : null;
    if (next !== null) this.#armAt(next);
  }

  #armAt(at: number): void {
    if (this.#closed || this.#paused || (this.#timer && this.#timerAt <= at)) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#startDue(), Math.max(0, at - Date.now()));
  }

  #startDue(): void {
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    const slots = IN_FLIGHT_MAX - this.#inFlight;
    if (this.#closed || this.#paused || slots <= 0) return;
    const due = this.#db.write(() => {
      const rows = this.#db.rows(
        "SELECT * FROM delivery WHERE due_at <= ? ORDER BY due_at LIMIT ?",
        Date.now(),
        slots,
      );
      for (const row of rows)
        this.#db.run("UPDATE delivery SET due_at = NULL WHERE id = ?", number(row, "id"));
      return rows.map(fromRow);
    });
    for (const delivery of due) this.#attempt(delivery);
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#settled.length > 0)
      this.#db.write(() => {
        for (const id of this.#settled) this.#db.run("DELETE FROM delivery WHERE id = ?", id);
      });
    this.#poster.close();
  }
}
