/** Delivery states (CONTRACT §15). */
import type { ChannelEvent, ChannelFailure, ReceiptStatus } from "#lib/channel-adapters/contract.ts";
import { parseAddress } from "./addresses.ts";
import { defined } from "./defined.ts";
import * as shape from "./payloads.ts";
import { read } from "./wire-values.ts";

/** Words of the gateway, its numbers, and Meta's words for Cloud numbers behind it. PENDING tells nothing. */
const STATUSES: Record<string, ReceiptStatus> = {
  ERROR: "failed",
  SERVER_ACK: "sent",
  DELIVERY_ACK: "delivered",
  READ: "read",
  PLAYED: "played",
  0: "failed",
  2: "sent",
  3: "delivered",
  4: "read",
  5: "played",
  SENT: "sent",
  DELIVERED: "delivered",
  FAILED: "failed",
};

export function receiptStatus(status: string | number): ReceiptStatus | undefined {
  return Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
}

export function parseReceipt(data: unknown): ChannelEvent {
  const update = read(shape.StatusUpdate, data);
  if (!update?.keyId) return { type: "ignored", reason: "receipt without id" };
  // The gateway writes DELETED for every update whose state it does not know, poll votes among them.
  const status = update.status === undefined ? undefined : receiptStatus(update.status);
  if (!status) return { type: "ignored", reason: `receipt with status ${update.status ?? "missing"}` };
  // Receipts of Cloud numbers say fromMe:false of our own messages (§16).
  const ours = update.fromMe !== false || update.keyId.startsWith("wamid.");
  if (!ours) {
    return status === "read" || status === "played"
      ? { type: "read_on_phone", externalId: update.keyId }
      : { type: "ignored", reason: `state ${update.status} of a message of theirs` };
  }
  const error: ChannelFailure | undefined = status === "failed" ? { code: "message_refused" } : undefined;
  return defined({
    type: "receipt",
    externalId: update.keyId,
    status,
    recipient: parseAddress(update.participant),
    error,
  });
}
