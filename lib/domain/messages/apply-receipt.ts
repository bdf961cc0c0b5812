import { z } from "zod";
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { emit, type Tx } from "#lib/domain/context.ts";
import { ERRORS, type ErrorCode } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { lockByExternalId } from "./queries.ts";
import { setStatus } from "./set-status.ts";
import { isForward, mayFail } from "./status.ts";

export type ReceiptNews = Extract<ChannelEvent, { type: "receipt" }>;

/** A tick for one of our messages; for a message not yet known it waits until that arrives. */
export async function applyReceipt(
  tx: Tx,
  channelId: string,
  receipt: ReceiptNews,
  receivedAt: Date,
): Promise<string | null> {
  const at = receipt.at ?? receivedAt;
  const message = await lockByExternalId(tx, channelId, receipt.externalId);
  if (message) {
    await moveForward(tx, message, {
      status: receipt.status,
      at,
      errorCode: receipt.error?.code ?? null,
      errorDetail: receipt.error?.detail ?? null,
    });
    return message.id;
  }
  const held: HeldReceipt = {
    type: "receipt",
    status: receipt.status,
    at: at.toISOString(),
    errorCode: receipt.error?.code ?? null,
    errorDetail: receipt.error?.detail ?? null,
  };
  await tx.db.heldEvent.create({
    data: { id: newId("inboundEvent"), channelId, externalId: receipt.externalId, event: held },
  });
  return null;
}

const HeldReceipt = z.object({
  type: z.literal("receipt"),
  status: z.enum(["sent", "delivered", "read", "played", "failed"]),
  at: z.iso.datetime(),
  errorCode: z
    .string()
    .refine((code): code is ErrorCode => Object.hasOwn(ERRORS, code))
    .nullable(),
  errorDetail: z.string().nullable(),
});
type HeldReceipt = z.infer<typeof HeldReceipt>;

/** Gives a message, just stored under its external id, the receipts that came before it. */
export async function applyHeldReceipts(tx: Tx, channelId: string, externalId: string): Promise<void> {
  const held = await tx.db.heldEvent.findMany({
    where: { channelId, externalId },
    orderBy: { createdAt: "asc" },
  });
  if (held.length === 0) return;
  for (const row of held) {
    const receipt = HeldReceipt.safeParse(row.event);
    const message = await lockByExternalId(tx, channelId, externalId);
    if (receipt.success && message)
      await moveForward(tx, message, { ...receipt.data, at: new Date(receipt.data.at) });
  }
  await tx.db.heldEvent.deleteMany({ where: { id: { in: held.map(({ id }) => id) } } });
}

type Tick = { status: ReceiptNews["status"]; at: Date; errorCode: string | null; errorDetail: string | null };

async function moveForward(tx: Tx, message: Message, tick: Tick): Promise<void> {
  if (message.direction === "inbound") return;
  if (tick.status === "failed") {
    if (!mayFail(message.status)) return;
    await setStatus(tx, message, "failed", tick.at, {
      errorCode: tick.errorCode ?? "message_refused",
      errorDetail: tick.errorDetail,
    });
    return;
  }
  if (isForward(message.status, tick.status)) {
    await setStatus(tx, message, tick.status, tick.at);
    return;
  }
  // A step that was skipped and comes late still has its time worth showing.
  await tx.db.receipt.createMany({
    data: [{ id: newId("receipt"), messageId: message.id, status: tick.status, at: tick.at }],
    skipDuplicates: true,
  });
  emit(tx, { type: "message.updated", messageId: message.id, conversationId: message.conversationId });
}
