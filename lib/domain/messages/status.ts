import type { MessageStatus } from "./schema.ts";

/**
 *   queued -> sending -> sent -> delivered -> read -> played
 *      \         |  \-> unconfirmed -> sent ... | queued (sent again by hand)
 *       \--------+-----> failed -> queued (retried by hand)
 *
 * Receipts only move a message forward; a receipt also settles `unconfirmed` and overrules `failed`,
 * because what the recipient's phone says is what happened.
 */
const RANK: Record<MessageStatus, number> = {
  received: 0,
  queued: 1,
  sending: 2,
  unconfirmed: 3,
  failed: 4,
  sent: 5,
  delivered: 6,
  read: 7,
  played: 8,
};

/** True when a receipt or event may change `from` into `to`. Ticks never go back. */
export function isForward(from: MessageStatus, to: MessageStatus): boolean {
  if (from === "received" || to === "received") return false;
  return RANK[to] > RANK[from];
}

/** A failure told by the provider counts only while nobody has received the message. */
export function mayFail(from: MessageStatus): boolean {
  return from === "queued" || from === "sending" || from === "unconfirmed" || from === "sent";
}

export function mayRetry(status: MessageStatus): boolean {
  return status === "failed" || status === "unconfirmed";
}
