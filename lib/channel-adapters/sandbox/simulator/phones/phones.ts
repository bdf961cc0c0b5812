import { type Chat, ShownContent, type ShownMessage, ShownStatus } from "../../control-schema.ts";
import { isObject, type JsonObject } from "../json.ts";
import { lidOf, SPECIAL_PHONES } from "../messages/addresses.ts";
import { packContent, shownContent, unpackContent } from "../messages/content.ts";
import { type Database, number, numberOrNull, type Row, text, textOrNull } from "../store/database.ts";

/** A person as one business knows them; `business` is the business's own phone. */
export type Customer = {
  business: string;
  phone: string;
  name: string | null;
  lid: string | null;
  addressing: Chat["addressing"];
  online: boolean;
  blocked: boolean;
};

/** A message as WhatsApp itself holds it, whatever the gateway knows of it. */
export type Shown = {
  seq: number;
  business: string;
  phone: string;
  keyId: string;
  via: ShownMessage["via"];
  content: ShownContent;
  raw: JsonObject;
  mediaId: string | null;
  quotedId: string | null;
  status: ShownStatus;
  at: number;
  editedAt: number | null;
  deletedAt: number | null;
  reactions: Partial<Record<"customer" | "business", string>>;
};

const ORDER: ShownStatus[] = ["pending", "sent", "delivered", "read", "played", "failed"];

function customerOf(row: Row): Customer {
  const addressing = text(row, "addressing");
  return {
    business: text(row, "business"),
    phone: text(row, "phone"),
    name: textOrNull(row, "name"),
    lid: textOrNull(row, "lid"),
    addressing: addressing === "lid" || addressing === "lid_only" ? addressing : "phone",
    online: number(row, "online") === 1,
    blocked: number(row, "blocked") === 1,
  };
}

function shownOf(row: Row): Shown {
  const via = text(row, "via");
  const reactions: unknown = JSON.parse(text(row, "reactions"));
  const emojis = isObject(reactions)
    ? Object.entries(reactions).map(([who, emoji]) => [who, String(emoji)])
    : [];
  return {
    seq: number(row, "seq"),
    business: text(row, "business"),
    phone: text(row, "phone"),
    keyId: text(row, "key_id"),
    via: via === "api" || via === "phone" ? via : "customer",
    content: ShownContent.parse(JSON.parse(text(row, "content"))),
    raw: unpackContent(text(row, "raw")),
    mediaId: textOrNull(row, "media_id"),
    quotedId: textOrNull(row, "quoted_id"),
    status: ShownStatus.parse(text(row, "status")),
    at: number(row, "at"),
    editedAt: numberOrNull(row, "edited_at"),
    deletedAt: numberOrNull(row, "deleted_at"),
    reactions: Object.fromEntries(emojis),
  };
}

/** The customers' phones: who they are, whether they are online, and what they show. */
export class Phones {
  #db: Database;
  #presences = new Map<string, { presence: "composing" | "recording"; until: number }>();

  constructor(db: Database) {
    this.#db = db;
  }

  find(business: string, phone: string): Customer | null {
    const row = this.#db.row("SELECT * FROM customer WHERE business = ? AND phone = ?", business, phone);
    return row ? customerOf(row) : null;
  }

  findByLid(business: string, lid: string): Customer | null {
    const row = this.#db.row("SELECT * FROM customer WHERE business = ? AND lid = ?", business, lid);
    return row ? customerOf(row) : null;
  }

  /** The person with this phone; unknown ones come into being. */
  customer(business: string, phone: string): Customer {
    const known = this.find(business, phone);
    if (known) return known;
    this.#db.run(
      `INSERT INTO customer (business, phone, name, lid, addressing, online, blocked) VALUES (?, ?, NULL, NULL, 'phone', ?, 0)`,
      business,
      phone,
      SPECIAL_PHONES.neverOnline(phone) ? 0 : 1,
    );
    return {
      business,
      phone,
      name: null,
      lid: null,
      addressing: "phone",
      online: !SPECIAL_PHONES.neverOnline(phone),
      blocked: false,
    };
  }

  change(
    customer: Customer,
    change: {
      [K in "name" | "lid" | "addressing" | "online" | "blocked"]?: Customer[K] | undefined;
    },
  ): Customer {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) return customer;
    const changed: Customer = { ...customer, ...given };
    if (changed.addressing !== "phone" && changed.lid === null) changed.lid = lidOf(changed.phone);
    this.#db.run(
      "UPDATE customer SET name = ?, lid = ?, addressing = ?, online = ?, blocked = ? WHERE business = ? AND phone = ?",
      changed.name,
      changed.lid,
      changed.addressing,
      changed.online ? 1 : 0,
      changed.blocked ? 1 : 0,
      changed.business,
      changed.phone,
    );
    return changed;
  }

  show(message: {
    customer: Customer;
    keyId: string;
    via: ShownMessage["via"];
    raw: JsonObject;
    mediaId: string | null;
    quotedId: string | null;
    at: number;
  }): void {
    this.#db.run(
      `INSERT INTO shown (business, phone, key_id, via, content, raw, media_id, quoted_id, status, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING`,
      message.customer.business,
      message.customer.phone,
      message.keyId,
      message.via,
      JSON.stringify(shownContent(message.raw)),
      packContent(message.raw),
      message.mediaId,
      message.quotedId,
      message.at,
    );
  }

  message(business: string, keyId: string): Shown | null {
    const row = this.#db.row("SELECT * FROM shown WHERE business = ? AND key_id = ?", business, keyId);
    return row ? shownOf(row) : null;
  }

  /** Newest `limit` messages of a chat, oldest first. */
  messages(business: string, phone: string, limit: number): Shown[] {
    return this.#db
      .rows(
        "SELECT * FROM shown WHERE business = ? AND phone = ? ORDER BY seq DESC LIMIT ?",
        business,
        phone,
        limit,
      )
      .map(shownOf)
      .reverse();
  }

  /** Everything WhatsApp has of this business, for the history after a pairing. */
  history(business: string, limit: number): Shown[] {
    return this.#db
      .rows("SELECT * FROM shown WHERE business = ? ORDER BY seq DESC LIMIT ?", business, limit)
      .map(shownOf)
      .reverse();
  }

  /** Whose chat a message is in. */
  phoneOf(business: string, keyId: string): string | null {
    const row = this.#db.row("SELECT phone FROM shown WHERE business = ? AND key_id = ?", business, keyId);
    return row ? text(row, "phone") : null;
  }

  /** Steps only go forward. False when the message was there already, or further, or does not exist. */
  advance(business: string, keyId: string, status: ShownStatus): boolean {
    return (
      this.#db.run(
        `UPDATE shown SET status = ? WHERE business = ? AND key_id = ?
           AND instr('${ORDER.join(" ")}', status) < instr('${ORDER.join(" ")}', ?)`,
        status,
        business,
        keyId,
        status,
      ).changes === 1
    );
  }

  edit(business: string, keyId: string, raw: JsonObject, at: number): void {
    this.#db.run(
      "UPDATE shown SET content = ?, raw = ?, edited_at = ? WHERE business = ? AND key_id = ?",
      JSON.stringify(shownContent(raw)),
      packContent(raw),
      at,
      business,
      keyId,
    );
  }

  remove(business: string, keyId: string, at: number): void {
    this.#db.run(
      "UPDATE shown SET deleted_at = ? WHERE business = ? AND key_id = ? AND deleted_at IS NULL",
      at,
      business,
      keyId,
    );
  }

  /** An empty emoji takes the reaction back. */
  react(business: string, keyId: string, who: "customer" | "business", emoji: string): void {
    const shown = this.message(business, keyId);
    if (!shown) return;
    const { [who]: _former, ...others } = shown.reactions;
    this.#db.run(
      "UPDATE shown SET reactions = ? WHERE seq = ?",
      JSON.stringify(emoji === "" ? others : { ...others, [who]: emoji }),
      shown.seq,
    );
  }

  /** Messages of one side that have not reached a step yet, oldest first. */
  below(
    customer: Customer,
    side: "customer" | "business",
    step: "delivered" | "read",
  ): { keyId: string; status: ShownStatus; type: string }[] {
    const statuses = step === "read" ? "'pending', 'sent', 'delivered'" : "'sent'";
    return this.#db
      .rows(
        `SELECT key_id, status, content FROM shown WHERE business = ? AND phone = ? AND status IN (${statuses})
           AND (via = 'customer') = ? ORDER BY seq`,
        customer.business,
        customer.phone,
        side === "customer" ? 1 : 0,
      )
      .map((row) => ({
        keyId: text(row, "key_id"),
        status: ShownStatus.parse(text(row, "status")),
        type: ShownContent.parse(JSON.parse(text(row, "content"))).type,
      }));
  }

  /** Chats with the newest message first; people nobody has written to come last. */
  chats(business: string, limit: number): { customer: Customer; last: Shown | null; unread: number }[] {
    const rows = this.#db.rows(
      `SELECT customer.*, chat.last, chat.unread FROM customer LEFT JOIN (
           SELECT phone, max(seq) AS last,
             sum(via <> 'customer' AND status IN ('pending', 'sent', 'delivered')) AS unread
           FROM shown WHERE business = ? GROUP BY phone) AS chat ON chat.phone = customer.phone
         WHERE customer.business = ? ORDER BY chat.last DESC NULLS LAST LIMIT ?`,
      business,
      business,
      limit,
    );
    return rows.map((row) => {
      const last = numberOrNull(row, "last");
      const shown = last === null ? undefined : this.#db.row("SELECT * FROM shown WHERE seq = ?", last);
      return {
        customer: customerOf(row),
        last: shown ? shownOf(shown) : null,
        unread: numberOrNull(row, "unread") ?? 0,
      };
    });
  }

  /** The business types or records in this chat for so long. */
  setPresence(customer: Customer, presence: string, ms: number): void {
    const key = `${customer.business}/${customer.phone}`;
    if (presence === "composing" || presence === "recording")
      this.#presences.set(key, { presence, until: Date.now() + ms });
    else this.#presences.delete(key);
  }

  presence(customer: Customer): "composing" | "recording" | null {
    const found = this.#presences.get(`${customer.business}/${customer.phone}`);
    return found && found.until > Date.now() ? found.presence : null;
  }
}
