import type { Address, OutgoingMessage, SendReceipt } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import { refreshLastMessage, removeMessage } from "#lib/domain/conversations/record-message.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import type { Channel, Message } from "#prisma/generated/client.ts";
import { applyHeldReceipts } from "./apply-receipt.ts";
import { findSentCopy } from "./find-sent-copy.ts";
import { lockByExternalId, requireMessage } from "./queries.ts";
import { setStatus } from "./set-status.ts";

/** First try and three more, 2, 4 and 8 s apart (DESIGN.md D4). */
export const ATTEMPTS_MAX = 4;

/** How long a call the worker did not live to see may still be running in the gateway (CONTRACT 3, 9.4). */
const GATEWAY_CALL_MS = 75_000;

type Delivery = Message & {
  channel: Channel;
  conversation: { addressKind: Address["kind"]; addressValue: string };
};
type Claim = { kind: "send" | "find_out"; delivery: Delivery; quoted: Message | null } | { kind: "done" };

/**
 * Brings one queued message to the gateway. `later`: try this job again. The row is claimed and
 * committed before the network call, so a row found in `sending` may have left: then the gateway is
 * asked, and a second send happens only when the first certainly did not.
 */
export async function deliverMessage(ctx: Ctx, id: MessageId): Promise<"done" | "later"> {
  const claim = await inTransaction(ctx, (tx) => claimMessage(tx, id));
  if (claim.kind === "done") return "done";
  if (claim.kind === "find_out") {
    const verdict = await findOut(ctx, claim.delivery);
    if (verdict !== "send") return verdict;
  }
  return send(ctx, claim.delivery, claim.quoted);
}

async function claimMessage(tx: Tx, id: MessageId): Promise<Claim> {
  const message = await requireMessage(tx, id).catch((error: unknown) => {
    // Deleted with its chat before its turn came.
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
  if (!message || (message.status !== "queued" && message.status !== "sending")) return { kind: "done" };
  const include = {
    channel: true,
    conversation: { select: { addressKind: true, addressValue: true } },
  } as const;
  const quoted = message.replyToId
    ? await tx.db.message.findUnique({ where: { id: message.replyToId } })
    : null;
  if (message.status === "sending") {
    const delivery = await tx.db.message.findUniqueOrThrow({ where: { id }, include });
    return { kind: "find_out", delivery, quoted };
  }
  const data = { status: "sending" as const, attempts: { increment: 1 }, claimedAt: new Date() };
  const delivery = await tx.db.message.update({ where: { id }, data, include });
  await refreshLastMessage(tx, delivery);
  return { kind: "send", delivery, quoted };
}

async function send(ctx: Ctx, delivery: Delivery, quoted: Message | null): Promise<"done" | "later"> {
  try {
    assertReachable(delivery.channel);
    const receipt = await adapterFor(delivery.channel.kind).send(
      channelAccess(delivery.channel),
      outgoing(delivery, quoted),
    );
    await inTransaction(ctx, (tx) => markSent(tx, delivery, receipt));
    return "done";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return inTransaction(ctx, (tx) => markFailed(tx, delivery, error));
  }
}

/** A number that is logged out stays so until somebody scans: no use in waiting. */
function assertReachable(channel: Channel): void {
  if (channel.status === "connected" || channel.status === "connecting") return;
  throw new AppError("channel_disconnected");
}

function outgoing(message: Delivery, quoted: Message | null): OutgoingMessage {
  if (message.type !== "text" || message.text === null) throw new AppError("message_refused");
  const { addressKind, addressValue } = message.conversation;
  return {
    to: { kind: addressKind, id: addressValue },
    content: { type: "text", text: message.text },
    ...(quoted?.externalId && {
      quoted: {
        externalId: quoted.externalId,
        fromMe: quoted.direction === "outbound",
        ...(quoted.text !== null && { text: quoted.text }),
      },
    }),
  };
}

export async function markSent(
  tx: Tx,
  { id, channelId }: Pick<Message, "id" | "channelId">,
  receipt: SendReceipt,
): Promise<void> {
  const message = await requireMessage(tx, id);
  // The echo webhook was faster and has settled it.
  if (message.externalId === receipt.externalId) return;
  const twin = await lockByExternalId(tx, channelId, receipt.externalId);
  // The echo could not tell that it was ours and stored it as sent from elsewhere: one message, one row.
  if (twin && twin.id !== id) await removeMessage(tx, twin);
  const status = twin && twin.id !== id ? twin.status : "sent";
  await setStatus(tx, message, status, receipt.at, { externalId: receipt.externalId });
  await applyHeldReceipts(tx, channelId, receipt.externalId);
}

async function markFailed(tx: Tx, delivery: Delivery, error: AppError): Promise<"done" | "later"> {
  const message = await requireMessage(tx, delivery.id);
  // Settled meanwhile by an echo or a receipt.
  if (message.status !== "sending") return "done";
  const cause = { errorCode: error.code, errorDetail: error.detail ?? null };
  if (error.code === "send_outcome_unknown") {
    await tx.db.message.update({ where: { id: message.id }, data: cause });
    return "later";
  }
  if (error.code === "sent_unrecorded") {
    await setStatus(tx, message, "unconfirmed", new Date(), cause);
    return "done";
  }
  if (error.retryable && message.attempts < ATTEMPTS_MAX) {
    const queued = await tx.db.message.update({
      where: { id: message.id },
      data: { ...cause, status: "queued" },
    });
    await refreshLastMessage(tx, queued);
    return "later";
  }
  await setStatus(tx, message, "failed", new Date(), cause);
  return "done";
}

/** The fate of a send whose answer nobody heard. */
async function findOut(ctx: Ctx, delivery: Delivery): Promise<"done" | "later" | "send"> {
  const claimedAt = delivery.claimedAt ?? delivery.orderedAt;
  const waited = Date.now() - claimedAt.getTime();
  const copy = await findSentCopy(ctx, delivery, claimedAt);
  if (copy.kind === "found") {
    await inTransaction(ctx, (tx) => markSent(tx, delivery, { externalId: copy.externalId, at: copy.at }));
    return "done";
  }
  if (waited < GATEWAY_CALL_MS) return "later";
  return inTransaction(ctx, async (tx) => {
    const message = await requireMessage(tx, delivery.id);
    if (message.status !== "sending") return "done";
    if (copy.kind === "not_there" && message.attempts < ATTEMPTS_MAX) {
      await tx.db.message.update({
        where: { id: message.id },
        data: { attempts: { increment: 1 }, claimedAt: new Date() },
      });
      return "send";
    }
    await setStatus(tx, message, "unconfirmed", new Date(), { errorCode: "send_outcome_unknown" });
    return "done";
  });
}
