import { z } from "zod";
import { isListening, type Simulator } from "../simulator.ts";
import { number, numberOrNull, text } from "../store/database.ts";
import type { Instance } from "../store/instances.ts";
import { hearMessage, hearProtocol } from "./hear.ts";
import { hearHistory } from "./history.ts";
import { hearReceipt } from "./receipts.ts";

const Item = z.discriminatedUnion("kind", [
  /** A new message of the customer or of our own phone; `packed` is its content. */
  z.object({
    kind: z.literal("message"),
    phone: z.string(),
    keyId: z.string(),
    fromPhone: z.boolean(),
    at: z.number(),
    packed: z.string(),
    context: z.record(z.string(), z.unknown()).nullable(),
    mediaId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("edit"),
    phone: z.string(),
    target: z.string(),
    text: z.string(),
    fromPhone: z.boolean(),
    at: z.number(),
  }),
  z.object({
    kind: z.literal("revoke"),
    phone: z.string(),
    target: z.string(),
    fromPhone: z.boolean(),
    at: z.number(),
  }),
  z.object({ kind: z.literal("key_share") }),
  /** What was written before the phone was linked; anything later comes as a message of its own. */
  z.object({ kind: z.literal("history"), before: z.number() }),
  z.object({ kind: z.literal("receipt"), keyId: z.string(), status: z.string() }),
]);
export type InboundItem = z.infer<typeof Item>;
export type ProtocolItem = Extract<InboundItem, { kind: "edit" | "revoke" | "key_share" }>;

/** Receipts have a handler of their own in the gateway and do not wait behind messages. */
function laneOf(item: InboundItem): "messages" | "receipts" {
  return item.kind === "receipt" ? "receipts" : "messages";
}

/**
 * What WhatsApp has for an instance, in order. It waits on disk while the instance does not listen, and behind a
 * `messages.edited` that its receiver has not taken yet: the gateway awaits that one delivery, repeats included,
 * before it handles the next message (evolution CONTRACT rule 7).
 */
export class Inbound {
  #sim: () => Simulator;
  #running = new Set<string>();
  #queued = new Map<string, number>();
  #closed = false;

  constructor(sim: () => Simulator) {
    this.#sim = sim;
  }

  resume(): void {
    const rows = this.#sim().db.rows(
      "SELECT instance_id, lane, count(*) AS total FROM inbound GROUP BY 1, 2",
    );
    for (const row of rows)
      this.#queued.set(`${text(row, "instance_id")}/${text(row, "lane")}`, number(row, "total"));
    this.wakeAll();
  }

  receive(instance: Instance, item: InboundItem): void {
    const sim = this.#sim();
    const lane = laneOf(item);
    const waits = !isListening(sim, instance) || this.#count(instance, lane) > 0 || this.#isAwaited(item);
    sim.db.write(() => {
      if (!waits) this.#hear(instance, item);
      else {
        sim.db.run(
          "INSERT INTO inbound (instance_id, lane, item) VALUES (?, ?, ?)",
          instance.id,
          lane,
          JSON.stringify(item),
        );
        this.#add(instance, lane, 1);
        sim.db.afterCommit(() => this.wake(instance));
      }
    });
  }

  pending(instance: Instance): number {
    return this.#count(instance, "messages") + this.#count(instance, "receipts");
  }

  wakeAll(): void {
    for (const instance of this.#sim().instances.values()) this.wake(instance);
  }

  wake(instance: Instance): void {
    for (const lane of ["messages", "receipts"])
      if (this.#count(instance, lane) > 0) void this.#pump(instance, lane);
  }

  #count(instance: Instance, lane: string): number {
    return this.#queued.get(`${instance.id}/${lane}`) ?? 0;
  }

  #add(instance: Instance, lane: string, change: number): void {
    this.#queued.set(`${instance.id}/${lane}`, this.#count(instance, lane) + change);
  }

  #isAwaited(item: InboundItem): boolean {
    return item.kind === "edit" || item.kind === "revoke" || item.kind === "key_share";
  }

  async #pump(instance: Instance, lane: string): Promise<void> {
    const running = `${instance.id}/${lane}`;
    if (this.#running.has(running)) return;
    this.#running.add(running);
    try {
      while (await this.#next(instance, lane)) {}
    } catch (error) {
      this.#sim().logger.error({ err: error, instance: instance.name }, "sandbox inbound queue stopped");
    } finally {
      this.#running.delete(running);
    }
  }

  /** Handles the oldest waiting item; false when there is none or the instance stopped listening. */
  async #next(instance: Instance, lane: string): Promise<boolean> {
    const sim = this.#sim();
    if (this.#closed || sim.instances.get(instance.name) !== instance || !isListening(sim, instance))
      return false;
    const row = sim.db.row(
      "SELECT * FROM inbound WHERE instance_id = ? AND lane = ? ORDER BY id LIMIT 1",
      instance.id,
      lane,
    );
    if (!row) return false;
    const id = number(row, "id");
    const deliveryId = sim.db.write(() => {
      const known = numberOrNull(row, "delivery_id");
      if (known !== null) return known;
      const made = this.#hear(instance, Item.parse(JSON.parse(text(row, "item"))));
      if (made === null) this.#drop(instance, lane, id);
      else sim.db.run("UPDATE inbound SET delivery_id = ? WHERE id = ?", made, id);
      return made;
    });
    if (deliveryId === null) {
      await new Promise(setImmediate);
      return true;
    }
    await sim.deliveries.whenSettled(deliveryId);
    if (this.#closed) return false;
    sim.db.write(() => this.#drop(instance, lane, id));
    return true;
  }

  #drop(instance: Instance, lane: string, id: number): void {
    if (this.#sim().db.run("DELETE FROM inbound WHERE id = ?", id).changes === 1)
      this.#add(instance, lane, -1);
  }

  /** The gateway's handler; answers the delivery it has to wait for, if any. */
  #hear(instance: Instance, item: InboundItem): number | null {
    const sim = this.#sim();
    if (item.kind === "receipt") hearReceipt(sim, instance, item.keyId, item.status);
    else if (item.kind === "message") hearMessage(sim, instance, item);
    else if (item.kind === "history") hearHistory(sim, instance, item.before);
    else return hearProtocol(sim, instance, item);
    return null;
  }

  forget(instance: Instance): void {
    this.#queued.delete(`${instance.id}/messages`);
    this.#queued.delete(`${instance.id}/receipts`);
  }

  close(): void {
    this.#closed = true;
  }
}
