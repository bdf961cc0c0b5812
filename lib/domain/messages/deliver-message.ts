import type { Address } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import { assignSlot } from "#lib/domain/pacing/assign-slot.ts";
import { lockForDelivery } from "#lib/domain/pacing/delivery-lane.ts";
import { noteRefusal } from "#lib/domain/pacing/observe-refusals.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { type Clock, systemClock } from "#lib/kernel/clock.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { MessageId } from "#lib/kernel/ids.ts";
import type { Channel, Message } from "#prisma/generated/client.ts";
import { readContent } from "./content.ts";
import { findSentCopy } from "./find-sent-copy.ts";
import { gatewayCallMs } from "./gateway-call.ts";
import { markSent } from "./mark-sent.ts";
import { outgoingMessage } from "./outgoing.ts";
import { requireMessage } from "./queries.ts";
import { learnSentTo, resolveRecipient } from "./resolve-recipient.ts";
import { COMPARED_WITH } from "./same-content.ts";
import { withdrawReaction } from "./send-message.ts";
import { setStatus } from "./set-status.ts";

/** First try and three more, 2, 4 and 8 s apart (DESIGN.md D4). */
export const ATTEMPTS_MAX = 4;

type Delivery = Message & {
  channel: Channel;
  media: { id: string; fileName: string | null; sizeBytes: number | null } | null;
  conversation: { addressKind: Address["kind"]; addressValue: string };
};
type Claim = { kind: "send" | "find_out"; delivery: Delivery } | { kind: "done" };

/**
 * Brings one queued message to the gateway. `later`: try this job again. The row is claimed and
 * committed before the network call, so a row found in `sending` may have left: then the gateway is
 * asked, and a second send happens only when the first certainly did not. A message that pacing holds
 * back is done for this job (lib/domain/pacing/delivery-lane.ts).
 */
export async function deliverMessage(
  ctx: Ctx,
  id: MessageId,
  clock: Clock = systemClock,
): Promise<"done" | "later"> {
  const claim = await inTransaction(ctx, (tx) => claimMessage(tx, id, clock));
  if (claim.kind === "done") return "done";
  if (claim.kind === "find_out") {
    const verdict = await findOut(ctx, claim.delivery);
    if (verdict !== "send") return verdict;
  }
  return send(ctx, claim.delivery);
}

async function claimMessage(tx: Tx, id: MessageId, clock: Clock): Promise<Claim> {
  // Null when it was deleted with its chat before its turn came.
  const found = await lockForDelivery(tx, id);
  if (!found) return { kind: "done" };
  const { message, lane } = found;
  if (message.status !== "queued" && message.status !== "sending") return { kind: "done" };
  const include = {
    channel: true,
    media: { select: { id: true, ...COMPARED_WITH.media.select } },
    conversation: { select: { addressKind: true, addressValue: true } },
  } as const;
  if (message.status === "sending") {
    const delivery = await tx.db.message.findUniqueOrThrow({ where: { id }, include });
    return { kind: "find_out", delivery };
  }
  if (!(await assignSlot(tx, message, lane, clock))) return { kind: "done" };
  const data = {
    status: "sending" as const,
    attempts: { increment: 1 },
    claimedAt: new Date(),
    waitReason: null,
    waitUntil: null,
  };
  const delivery = await tx.db.message.update({ where: { id }, data, include });
  await refreshLastMessage(tx, delivery);
  return { kind: "send", delivery };
}

async function send(ctx: Ctx, delivery: Delivery): Promise<"done" | "later"> {
  try {
    assertReachable(delivery.channel);
    const to = await resolveRecipient(ctx, delivery.conversationId);
    const receipt = await adapterFor(delivery.channel.kind).send(
      channelAccess(delivery.channel),
      await outgoingMessage(ctx, delivery, to),
    );
    await inTransaction(ctx, async (tx) => {
      await learnSentTo(tx, to, receipt.sentTo);
      await markSent(tx, delivery, receipt);
    });
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
  await noteRefusal(tx, message.channelId, { code: error.code });
  const { reaction } = readContent(message.content);
  if (reaction) await withdrawReaction(tx, reaction.targetId);
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
  if (waited < gatewayCallMs()) return "later";
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
