import type { ShownStatus } from "../../control-schema.ts";
import type { Simulator } from "../simulator.ts";
import { number, numberOrNull, text } from "../store/database.ts";
import type { Instance } from "../store/instances.ts";
import { addUpdate, findMessage } from "../store/messages.ts";
import { emit } from "../webhooks/emit.ts";

export type ReceiptWord = "SERVER_ACK" | "DELIVERY_ACK" | "READ" | "PLAYED" | "ERROR";

const STEPS: Record<ReceiptWord, ShownStatus> = {
  SERVER_ACK: "sent",
  DELIVERY_ACK: "delivered",
  READ: "read",
  PLAYED: "played",
  ERROR: "failed",
};

function isReceiptWord(value: string): value is ReceiptWord {
  return Object.hasOwn(STEPS, value);
}

const BATCH_MAX = 500;

/** Acknowledgements that are on their way; each is a row until its time has come, so none is lost by a restart. */
export class Receipts {
  #sim: () => Simulator;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(sim: () => Simulator) {
    this.#sim = sim;
  }

  resume(): void {
    const row = this.#sim().db.row("SELECT min(due_at) AS next FROM receipt");
    const next = row ? numberOrNull(row, "next") : null;
    if (next !== null) this.#armAt(next);
  }

  schedule(instanceId: string, keyId: string, status: ReceiptWord, delayMs: number): void {
    const { db } = this.#sim();
    const dueAt = Date.now() + Math.round(delayMs);
    db.run(
      "INSERT INTO receipt (due_at, instance_id, key_id, status) VALUES (?, ?, ?, ?)",
      dueAt,
      instanceId,
      keyId,
      status,
    );
    db.afterCommit(() => this.#armAt(dueAt));
  }

  /** What WhatsApp had already taken arrives, though the instance is about to vanish. */
  settle(instance: Instance): void {
    const { db } = this.#sim();
    const rows = db.rows("SELECT key_id, status FROM receipt WHERE instance_id = ? ORDER BY id", instance.id);
    db.run("DELETE FROM receipt WHERE instance_id = ?", instance.id);
    for (const row of rows) this.#arrive(instance, text(row, "key_id"), text(row, "status"), 0);
    if (rows.length > 0) this.settle(instance);
  }

  /** WhatsApp tells the gateway: now when it listens, else when it does again. */
  tell(instance: Instance, keyId: string, status: ReceiptWord): void {
    this.#sim().inbound.receive(instance, { kind: "receipt", keyId, status });
  }

  #armAt(at: number): void {
    if (this.#closed || (this.#timer && this.#timerAt <= at)) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#runDue(), Math.max(0, at - Date.now()));
  }

  #runDue(): void {
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    if (this.#closed) return;
    const sim = this.#sim();
    const byId = new Map([...sim.instances.values()].map((instance) => [instance.id, instance]));
    sim.db.write(() => {
      const rows = sim.db.rows(
        "SELECT * FROM receipt WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",
        Date.now(),
        BATCH_MAX,
      );
      for (const row of rows) {
        sim.db.run("DELETE FROM receipt WHERE id = ?", number(row, "id"));
        const instance = byId.get(text(row, "instance_id"));
        if (instance)
          this.#arrive(instance, text(row, "key_id"), text(row, "status"), sim.timings.deliveryAckMs);
      }
    });
    this.resume();
  }

  /** One step of a message of ours: WhatsApp's own state moves, then the gateway is told. */
  #arrive(instance: Instance, keyId: string, status: string, deliveryMs: number): void {
    const { phones } = this.#sim();
    if (!isReceiptWord(status) || !instance.ownerPhone) return;
    const business = instance.ownerPhone;
    const phone = phones.phoneOf(business, keyId);
    if (phone === null) return;
    const customer = phones.customer(business, phone);
    if (status === "DELIVERY_ACK" && (!customer.online || customer.blocked)) return;
    if (!phones.advance(business, keyId, STEPS[status])) return;
    this.tell(instance, keyId, status);
    if (status === "SERVER_ACK" && customer.online)
      this.schedule(instance.id, keyId, "DELIVERY_ACK", deliveryMs);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }
}

/** The gateway hears a receipt. For a message it has not stored it drops it (evolution CONTRACT section 15). */
export function hearReceipt(sim: Simulator, instance: Instance, keyId: string, status: string): void {
  const message = findMessage(sim.db, instance.id, keyId);
  if (!message) return;
  addUpdate(sim.db, message, status);
  emit(sim, instance, "messages.update", {
    keyId,
    remoteJid: message.key.remoteJid,
    fromMe: message.key.fromMe,
    status,
    instanceId: instance.id,
    messageId: message.id,
  });
}
