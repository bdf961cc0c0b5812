import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { type Ctx, enqueue, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";
import { applyConnection } from "./apply-connection.ts";
import { findFault } from "./find-fault.ts";
import { requireChannel } from "./queries.ts";
import { isSuspiciouslySilent } from "./rhythm.ts";

/** A silent number is asked no more often than this. */
const PAUSE_MS = 15 * 60_000;

/**
 * Asks a connected number that has been silent for longer than is its way whether it is really there.
 * One that answers oddly is told to be unresponsive; one that answers well is compared with its record.
 */
export async function probeIfSilent(ctx: Ctx, channelId: ChannelId): Promise<"quiet" | "well" | "odd"> {
  const channel = await inTransaction(ctx, async (tx) => {
    const found = await tx.db.channel.findUnique({ where: { id: channelId }, include: { tenant: true } });
    if (found?.status !== "connected" || !found.wanted) return null;
    if (found.probedAt && Date.now() - found.probedAt.getTime() < PAUSE_MS) return null;
    return (await isSuspiciouslySilent(tx, found, found.tenant.timeZone)) ? found : null;
  });
  return channel ? probe(ctx, channel) : "quiet";
}

export async function probe(ctx: Ctx, channel: Channel, limitMs?: number): Promise<"well" | "odd"> {
  const fault = (await claimsToBeOpen(channel)) ? await findFault(channel, limitMs) : null;
  return inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channel.id);
    const probed = await tx.db.channel.update({
      where: { id: channel.id },
      data: { probedAt: new Date() },
    });
    // Something happened meanwhile: it is not as silent as it was.
    if (current.statusSince.getTime() !== channel.statusSince.getTime()) return "well";
    if (fault) {
      await applyConnection(tx, probed, { type: "unresponsive" });
      return "odd";
    }
    enqueue(tx, "reconcile-channel", { channelId: asId("channel", current.id) }, { key: current.id });
    return "well";
  });
}

/** A gateway that is away, or says that the number is, is the minute's check's to tell. */
async function claimsToBeOpen(channel: Channel): Promise<boolean> {
  try {
    const { status } = await adapterFor(channel.kind).connectionState(channelAccess(channel));
    return status === "connected";
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
