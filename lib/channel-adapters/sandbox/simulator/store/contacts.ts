import { rowId } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { type Database, number, type Row, text, textOrNull } from "./database.ts";

export type Contact = {
  id: string;
  remoteJid: string;
  pushName: string | null;
  picture: string | null;
  createdAt: string;
  updatedAt: string;
};

function fromRow(row: Row): Contact {
  return {
    id: text(row, "id"),
    remoteJid: text(row, "remote_jid"),
    pushName: textOrNull(row, "push_name"),
    picture: textOrNull(row, "picture"),
    createdAt: new Date(number(row, "created_at")).toISOString(),
    updatedAt: new Date(number(row, "updated_at")).toISOString(),
  };
}

export function findContact(db: Database, instanceId: string, remoteJid: string): Contact | null {
  const row = db.row("SELECT * FROM contact WHERE instance_id = ? AND remote_jid = ?", instanceId, remoteJid);
  return row ? fromRow(row) : null;
}

export function listContacts(db: Database, instanceId: string): Contact[] {
  return db.rows("SELECT * FROM contact WHERE instance_id = ? ORDER BY rowid", instanceId).map(fromRow);
}

/** True when the person was not known yet. */
export function upsertContact(
  db: Database,
  instanceId: string,
  contact: { remoteJid: string; pushName: string | null; picture: string | null },
): boolean {
  const known = findContact(db, instanceId, contact.remoteJid);
  const now = Date.now();
  if (!known) {
    db.run(
      `INSERT INTO contact (instance_id, remote_jid, id, push_name, picture, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      instanceId,
      contact.remoteJid,
      rowId(),
      contact.pushName,
      contact.picture,
      now,
      now,
    );
    return true;
  }
  if (contact.pushName !== null && contact.pushName !== known.pushName)
    db.run(
      "UPDATE contact SET push_name = ?, updated_at = ? WHERE instance_id = ? AND remote_jid = ?",
      contact.pushName,
      now,
      instanceId,
      contact.remoteJid,
    );
  return false;
}

/** A contact as `findContacts` answers it. */
export function presentContact(contact: Contact, instanceId: string): JsonObject {
  return {
    id: contact.id,
    remoteJid: contact.remoteJid,
    pushName: contact.pushName,
    profilePicUrl: contact.picture,
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
    instanceId,
    isGroup: contact.remoteJid.endsWith("@g.us"),
    isSaved: contact.pushName !== null,
    type: contact.remoteJid.endsWith("@g.us") ? "group" : "contact",
  };
}
