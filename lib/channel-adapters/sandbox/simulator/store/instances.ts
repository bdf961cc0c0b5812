import { z } from "zod";
import { type Database, text } from "./database.ts";

export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).nullable(),
  enabled: z.boolean(),
  events: z.array(z.string()),
  byEvents: z.boolean(),
  base64: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Webhook = z.infer<typeof Webhook>;

export const Settings = z.object({
  rejectCall: z.boolean(),
  msgCall: z.string(),
  groupsIgnore: z.boolean(),
  alwaysOnline: z.boolean(),
  readMessages: z.boolean(),
  readStatus: z.boolean(),
  syncFullHistory: z.boolean(),
  wavoipToken: z.string(),
});
export type Settings = z.infer<typeof Settings>;

export const ConnectionState = z.enum(["open", "connecting", "close"]);
export type ConnectionState = z.infer<typeof ConnectionState>;

const StoredInstance = z.object({
  id: z.string(),
  name: z.string(),
  token: z.string(),
  number: z.string().nullable(),
  state: ConnectionState,
  /** The copy `fetchInstances` shows; goes stale (evolution CONTRACT section 4). */
  storedState: ConnectionState,
  /** Login data is there: the socket comes back without a scan. */
  paired: z.boolean(),
  /** A socket was opened at least once: changes the errors of a send while `close`. */
  connectedBefore: z.boolean(),
  ownerPhone: z.string().nullable(),
  profileName: z.string().nullable(),
  /** After a logout through the API nothing comes in any more (evolution CONTRACT rule 8). */
  inboundClosed: z.boolean(),
  /** The line to WhatsApp is cut from the control side. */
  lineCut: z.boolean(),
  /** The webhook's base64 flag as it was at the last connect. */
  inlineMedia: z.boolean(),
  qrCount: z.number(),
  disconnection: z.object({ code: z.number(), object: z.string(), at: z.string() }).nullable(),
  settings: Settings,
  settingId: z.string(),
  settingsUpdatedAt: z.string(),
  webhook: Webhook.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type QrCode = { code: string; base64: string; pairingCode: string | null; count: number };

/** `qr`, `turn` and `subscribed` live in memory only: a gateway that starts again has none of them. */
export type Instance = z.infer<typeof StoredInstance> & {
  qr: QrCode | null;
  pairingNumber: string | null;
  /** Raised by every change of the connection, so that what an older turn planned is dropped. */
  turn: number;
  /** Chats whose presence we hear about. */
  subscribed: Set<string>;
};

export function loadInstances(db: Database): Instance[] {
  return db.rows("SELECT data FROM instance ORDER BY rowid").map((row) => ({
    ...StoredInstance.parse(JSON.parse(text(row, "data"))),
    qr: null,
    pairingNumber: null,
    turn: 0,
    subscribed: new Set<string>(),
  }));
}

export function storeInstance(db: Database, instance: Instance): void {
  const { qr: _qr, pairingNumber: _number, turn: _turn, subscribed: _subscribed, ...stored } = instance;
  db.run(
    "INSERT INTO instance (id, name, data) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
    instance.id,
    instance.name,
    JSON.stringify(stored),
  );
}

export function eraseInstance(db: Database, id: string): void {
  for (const table of ["message", "message_update", "contact", "receipt", "inbound"])
    db.run(`DELETE FROM ${table} WHERE instance_id = ?`, id);
  db.run("DELETE FROM instance WHERE id = ?", id);
}
