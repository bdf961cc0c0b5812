import type { IncomingMessage } from "#lib/channel-adapters/contract.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { applyReceipt, type ReceiptNews } from "#lib/domain/messages/apply-receipt.ts";
import { receiveMessage } from "#lib/domain/messages/receive-message.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";

let made = 0;
export const anExternalId = () => `3EB0NEWS${made++}`;

export function aMessage(text: string, more: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    externalId: anExternalId(),
    chat: [{ kind: "phone", id: "51987654321" }],
    fromMe: false,
    viaApi: false,
    sentAt: new Date(),
    content: { type: "text", text },
    ...more,
  };
}

/** What the worker does with a message that an adapter understood. */
export function receive(
  ctx: Ctx,
  channel: Channel,
  message: IncomingMessage,
  source: "live" | "history" = "live",
) {
  const arrival = { receivedAt: new Date(), inboundEventId: newId("inboundEvent"), source };
  return inTransaction(ctx, (tx) => receiveMessage(tx, channel, message, arrival));
}

export function tick(
  ctx: Ctx,
  channel: Channel,
  externalId: string,
  status: ReceiptNews["status"],
  more: Partial<ReceiptNews> = {},
) {
  return inTransaction(ctx, (tx) =>
    applyReceipt(tx, channel.id, { type: "receipt", externalId, status, ...more }, new Date()),
  );
}
