import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { emit, type Tx } from "#lib/domain/context.ts";
import { noteRefusal } from "#lib/domain/pacing/observe-refusals.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { lockByExternalId } from "./queries.ts";
import { type HeldEvent, holdEvent } from "./record-held-event.ts";
import { setStatus } from "./set-status.ts";
import { isForward, mayFail } from "./status.ts";

export type ReceiptNews = Extract<ChannelEvent, { type: "receipt" }>;
type Tick = Extract<HeldEvent, { type: "receipt" }>;

/** A tick for one of our messages; for a message not yet known it waits until that arrives. */
export async function applyReceipt(
  tx: Tx,
  channelId: string,
  receipt: ReceiptNews,
  receivedAt: Date,
): Promise<string | null> {
  const tick: Tick = {
    type: "receipt",
    status: receipt.status,
    at: receipt.at ?? receivedAt,
    errorCode: receipt.error?.code ?? null,
    errorDetail: receipt.error?.detail ?? null,
  };
  const message = await lockByExternalId(tx, channelId, receipt.externalId);
  if (message) await tickMessage(tx, message, tick);
  else await holdEvent(tx, channelId, receipt.externalId, tick);
  if (message && receipt.status === "failed")
    await noteRefusal(tx, channelId, receipt.error ?? { code: "message_refused" });
  return message?.id ?? null;
}

/** Moves the message forward, never back; a step that was skipped keeps its time. */
export async function tickMessage(tx: Tx, message: Message, tick: Tick): Promise<void> {
  if (message.direction === "inbound") return;
  if (tick.status === "failed") {
    if (!mayFail(message.status)) return;
    const cause = { errorCode: tick.errorCode ?? "message_refused", errorDetail: tick.errorDetail };
    await setStatus(tx, message, "failed", tick.at, cause);
    return;
  }
  if (isForward(message.status, tick.status)) {
    await setStatus(tx, message, tick.status, tick.at);
    return;
  }
  const { count } = await tx.db.receipt.createMany({
    data: [{ id: newId("receipt"), messageId: message.id, status: tick.status, at: tick.at }],
    skipDuplicates: true,
  });
  if (count > 0)
    emit(tx, { type: "message.updated", messageId: message.id, conversationId: message.conversationId });
}
