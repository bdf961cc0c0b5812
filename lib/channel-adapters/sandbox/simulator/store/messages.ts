import { rowId } from "../ids.ts";
import { isObject, type JsonObject, objectOr, parseJson } from "../json.ts";
import { type Database, number, type Row, text, textOrNull } from "./database.ts";

/** One message as the gateway keeps it; bytes inside `message` are base64 text (CONTRACT section 9.3). */
export type StoredMessage = {
  id: string;
  instanceId: string;
  key: JsonObject & { id: string; remoteJid: string; fromMe: boolean };
  pushName: string | null;
  messageType: string;
  message: JsonObject | null;
  contextInfo: JsonObject | null;
  timestamp: number;
  source: string;
  mediaId: string | null;
};

function fromRow(row: Row): StoredMessage {
  const message = textOrNull(row, "message");
  const context = textOrNull(row, "context_info");
  const key = objectOr(parseJson(text(row, "key")));
  return {
    id: text(row, "id"),
    instanceId: text(row, "instance_id"),
    key: {
      id: text(row, "key_id"),
      fromMe: number(row, "from_me") === 1,
      ...(number(row, "deleted") === 1 ? { deleted: true } : {}),
      ...key,
      remoteJid: text(row, "remote_jid"),
    },
    pushName: textOrNull(row, "push_name"),
    messageType: text(row, "message_type"),
    message: message === null ? null : objectOr(parseJson(message)),
    contextInfo: context === null ? null : objectOr(parseJson(context)),
    timestamp: number(row, "timestamp"),
    source: text(row, "source"),
    mediaId: textOrNull(row, "media_id"),
  };
}

/** False when the id was there already: the gateway drops repeats. */
export function insertMessage(db: Database, message: StoredMessage): boolean {
  const { id, remoteJid, fromMe, ...rest } = message.key;
  return (
    db.run(
      `INSERT INTO message (id, instance_id, key_id, remote_jid, remote_jid_alt, from_me, key, push_name, message_type,
         message, context_info, timestamp, source, media_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      message.id,
      message.instanceId,
      id,
      remoteJid,
      typeof rest.remoteJidAlt === "string" ? rest.remoteJidAlt : null,
      fromMe ? 1 : 0,
      JSON.stringify(rest),
      message.pushName,
      message.messageType,
      message.message === null ? null : JSON.stringify(message.message),
      message.contextInfo === null ? null : JSON.stringify(message.contextInfo),
      message.timestamp,
      message.source,
      message.mediaId,
    ).changes === 1
  );
}

export function findMessage(db: Database, instanceId: string, keyId: string): StoredMessage | null {
  const row = db.row("SELECT * FROM message WHERE instance_id = ? AND key_id = ?", instanceId, keyId);
  return row ? fromRow(row) : null;
}

/** An edit replaces the content and the time. A deletion by the other side leaves a null content. */
export function replaceContent(
  db: Database,
  message: StoredMessage,
  change: { message: JsonObject | null; timestamp?: number },
): void {
  db.run(
    "UPDATE message SET message = ?, timestamp = ? WHERE instance_id = ? AND key_id = ?",
    change.message === null ? null : JSON.stringify(change.message),
    change.timestamp ?? message.timestamp,
    message.instanceId,
    message.key.id,
  );
}

export function markDeleted(db: Database, message: StoredMessage): void {
  db.run(
    "UPDATE message SET deleted = 1 WHERE instance_id = ? AND key_id = ?",
    message.instanceId,
    message.key.id,
  );
}

export type MessageQuery = {
  keyId?: string;
  fromMe?: true;
  remoteJid?: string;
  remoteJidAlt?: string;
  id?: string;
  messageType?: string;
  source?: string;
  between?: { from: number; to: number };
};

function condition(instanceId: string, query: MessageQuery): { sql: string; values: (string | number)[] } {
  const parts = ["instance_id = ?"];
  const values: (string | number)[] = [instanceId];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    parts.push(`${column} = ?`);
    values.push(value);
  };
  equal("key_id", query.keyId);
  equal("from_me", query.fromMe ? 1 : undefined);
  equal("remote_jid", query.remoteJid);
  equal("remote_jid_alt", query.remoteJidAlt);
  equal("id", query.id);
  equal("message_type", query.messageType);
  equal("source", query.source);
  if (query.between) {
    parts.push("timestamp >= ? AND timestamp <= ?");
    values.push(query.between.from, query.between.to);
  }
  return { sql: parts.join(" AND "), values };
}

export function queryMessages(
  db: Database,
  instanceId: string,
  query: MessageQuery,
  page: { limit: number; skip: number },
): { total: number; messages: StoredMessage[] } {
  const { sql, values } = condition(instanceId, query);
  const counted = db.row(`SELECT count(*) AS total FROM message WHERE ${sql}`, ...values);
  const rows = db.rows(
    `SELECT * FROM message WHERE ${sql} ORDER BY timestamp DESC, seq DESC LIMIT ? OFFSET ?`,
    ...values,
    page.limit,
    page.skip,
  );
  return { total: counted ? number(counted, "total") : 0, messages: rows.map(fromRow) };
}

/** The newest message of each chat, newest chat first. */
export function latestPerChat(
  db: Database,
  instanceId: string,
  remoteJid: string | undefined,
): StoredMessage[] {
  return db
    .rows(
      `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY remote_jid ORDER BY timestamp DESC, seq DESC) AS place
         FROM message WHERE instance_id = ?) WHERE place = 1 ORDER BY timestamp DESC, seq DESC`,
      instanceId,
    )
    .map(fromRow)
    .filter((message) => remoteJid === undefined || message.key.remoteJid === remoteJid);
}

export function countRows(db: Database, table: "message" | "contact", instanceId: string): number {
  const row = db.row(`SELECT count(*) AS total FROM ${table} WHERE instance_id = ?`, instanceId);
  return row ? number(row, "total") : 0;
}

export function addUpdate(db: Database, message: StoredMessage, status: string): void {
  db.run(
    `INSERT INTO message_update (id, instance_id, key_id, remote_jid, from_me, status, message_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    rowId(),
    message.instanceId,
    message.key.id,
    message.key.remoteJid,
    message.key.fromMe ? 1 : 0,
    status,
    message.id,
  );
}

export function updatesOf(db: Database, instanceId: string, keyId: string): JsonObject[] {
  return db
    .rows("SELECT * FROM message_update WHERE instance_id = ? AND key_id = ? ORDER BY seq", instanceId, keyId)
    .map((row) => ({
      id: text(row, "id"),
      keyId: text(row, "key_id"),
      remoteJid: text(row, "remote_jid"),
      fromMe: number(row, "from_me") === 1,
      participant: null,
      pollUpdates: null,
      status: text(row, "status"),
      messageId: text(row, "message_id"),
      instanceId: text(row, "instance_id"),
    }));
}

/** Bytes as base64 text all the way down: the form in which the gateway keeps a content. */
export function recordForm(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(recordForm);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, recordForm(field)]));
}
