import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";

export type Row = Record<string, SQLOutputValue>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, data TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, instance_id TEXT NOT NULL, key_id TEXT NOT NULL,
    remote_jid TEXT NOT NULL, remote_jid_alt TEXT, from_me INTEGER NOT NULL, key TEXT NOT NULL, push_name TEXT,
    message_type TEXT NOT NULL, message TEXT, context_info TEXT, timestamp INTEGER NOT NULL,
    source TEXT NOT NULL, media_id TEXT, deleted INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS message_key ON message (instance_id, key_id);
  CREATE INDEX IF NOT EXISTS message_chat ON message (instance_id, remote_jid, timestamp);
  CREATE TABLE IF NOT EXISTS message_update (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, instance_id TEXT NOT NULL, key_id TEXT NOT NULL,
    remote_jid TEXT NOT NULL, from_me INTEGER NOT NULL, status TEXT NOT NULL, message_id TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS message_update_key ON message_update (instance_id, key_id);
  CREATE TABLE IF NOT EXISTS contact (
    instance_id TEXT NOT NULL, remote_jid TEXT NOT NULL, id TEXT NOT NULL, push_name TEXT, picture TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (instance_id, remote_jid)) STRICT;
  CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY, bytes BLOB NOT NULL, mime_type TEXT NOT NULL, file_name TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, instance_id TEXT NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL,
    body TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at);
  CREATE TABLE IF NOT EXISTS receipt (
    id INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, instance_id TEXT NOT NULL, key_id TEXT NOT NULL,
    status TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS receipt_due ON receipt (due_at);
  CREATE TABLE IF NOT EXISTS inbound (
    id INTEGER PRIMARY KEY, instance_id TEXT NOT NULL, lane TEXT NOT NULL, item TEXT NOT NULL,
    delivery_id INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS inbound_lane ON inbound (instance_id, lane, id);
  CREATE TABLE IF NOT EXISTS customer (
    business TEXT NOT NULL, phone TEXT NOT NULL, name TEXT, lid TEXT, addressing TEXT NOT NULL,
    online INTEGER NOT NULL, blocked INTEGER NOT NULL, PRIMARY KEY (business, phone)) STRICT;
  CREATE INDEX IF NOT EXISTS customer_lid ON customer (business, lid);
  CREATE TABLE IF NOT EXISTS shown (
    seq INTEGER PRIMARY KEY, business TEXT NOT NULL, phone TEXT NOT NULL, key_id TEXT NOT NULL, via TEXT NOT NULL,
    content TEXT NOT NULL, raw TEXT NOT NULL, media_id TEXT, quoted_id TEXT, status TEXT NOT NULL,
    at INTEGER NOT NULL, edited_at INTEGER, deleted_at INTEGER,
    reactions TEXT NOT NULL DEFAULT '{}') STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS shown_key ON shown (business, key_id);
  CREATE INDEX IF NOT EXISTS shown_chat ON shown (business, phone, seq);
`;

type Turn = {
  callbacks: (() => void)[];
  done: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * The sandbox's memory: one SQLite file. A commit is in the hands of the operating system:
 * it survives the death of the process, not a power cut, which is what practice needs.
 *
 * All writes of one turn of the event loop share a transaction, committed at its end; what must not be told
 * before it is on disk waits for `committed()` or `afterCommit`. That is what makes a thousand sends a second.
 */
export class Database {
  #connection: DatabaseSync;
  #statements = new Map<string, StatementSync>();
  #depth = 0;
  #turn: Turn | null = null;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#connection = new DatabaseSync(join(dataDir, "sandbox.sqlite"));
    this.#connection.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32000;",
    );
    this.#connection.exec(SCHEMA);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    this.#begin();
    const result = this.#prepared(sql).run(...values);
    return { changes: Number(result.changes), id: Number(result.lastInsertRowid) };
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  /** All of `work` or nothing of it; inside another `write` it simply joins in. */
  write<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    const turn = this.#begin();
    const callbacks = turn.callbacks.length;
    this.#prepared("SAVEPOINT work").run();
    this.#depth = 1;
    try {
      const result = work();
      this.#prepared("RELEASE work").run();
      return result;
    } catch (error) {
      this.#prepared("ROLLBACK TO work").run();
      this.#prepared("RELEASE work").run();
      turn.callbacks.length = callbacks;
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  #begin(): Turn {
    if (this.#turn) return this.#turn;
    this.#prepared("BEGIN IMMEDIATE").run();
    let resolve = (): void => {};
    let reject: Turn["reject"] = () => {};
    const promise = new Promise<void>((onCommit, onFailure) => {
      resolve = onCommit;
      reject = onFailure;
    });
    // A failed commit is told to those who wait for it; nobody waiting is no fault of theirs.
    promise.catch(() => {});
    const turn: Turn = { callbacks: [], done: promise, resolve, reject };
    this.#turn = turn;
    setImmediate(() => this.#commit());
    return turn;
  }

  #commit(): void {
    const turn = this.#turn;
    if (!turn) return;
    this.#turn = null;
    try {
      this.#prepared("COMMIT").run();
    } catch (error) {
      this.#prepared("ROLLBACK").run();
      turn.reject(error);
      return;
    }
    turn.resolve();
    for (const callback of turn.callbacks) callback();
  }

  /** Resolves once everything written so far is on disk. */
  committed(): Promise<void> {
    return this.#turn?.done ?? Promise.resolve();
  }

  /** Runs once everything written so far is on disk, at once when it is already. */
  afterCommit(callback: () => void): void {
    if (this.#turn) this.#turn.callbacks.push(callback);
    else callback();
  }

  close(): void {
    this.#commit();
    this.#statements.clear();
    this.#connection.close();
  }
}

/** Column readers: a row is ours, so a wrong type is a bug and not an input error. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`${column} is not text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`${column} is not a number`);
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === "number" ? value : null;
}

export function bytes(row: Row, column: string): Uint8Array<ArrayBuffer> {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`${column} is not bytes`);
  return new Uint8Array(value);
}
