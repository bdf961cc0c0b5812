import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";
import { applyConnection, asNews, type ConnectionNews } from "./apply-connection.ts";
import { findFault } from "./find-fault.ts";
import { getChannel, requireChannel } from "./queries.ts";

/** Asks the gateway how the connection really is and writes that down. */
export async function observeConnection(ctx: Ctx, channelId: ChannelId): Promise<void> {
  const channel = await getChannel(ctx, channelId);
  const news = await ask(channel);
  if (!news) return;
  await inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channelId);
    // Someone acted, or an event arrived, while the gateway was answering: theirs is newer.
    if (current.statusSince.getTime() !== channel.statusSince.getTime() || !current.wanted) return;
    await applyConnection(tx, current, news);
  });
}

/** Null: nothing to learn. A gateway that does not answer makes a connected number uncertain, not lost. */
async function ask(channel: Channel): Promise<ConnectionNews | null> {
  try {
    const news = asNews(await adapterFor(channel.kind).connectionState(channelAccess(channel)));
    // It said so all along: it has to answer before it is believed again.
    if (news.type === "connected" && isUnresponsive(channel) && (await findFault(channel))) return null;
    // QR codes come by their own events; a number nobody has scanned yet is not "disconnected" again.
    if (
      news.type === "qr" ||
      (news.type === "disconnected" && channel.status !== "connected" && channel.status !== "connecting")
    )
      return null;
    if (news.type === "connecting" && channel.status === "qr") return null;
    return news;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return channel.status === "connected" ? { type: "connecting" } : null;
  }
}

function isUnresponsive({ status, lastErrorCode }: Channel): boolean {
  return status === "connecting" && lastErrorCode === "disconnect.unresponsive";
}

/** An end that the gateway told of: true once it is confirmed or refuted; false when nobody could be asked. */
export async function verifyDisconnect(
  ctx: Ctx,
  channelId: ChannelId,
  told: { cause: DisconnectCause; code: number | null },
): Promise<boolean> {
  const channel = await getChannel(ctx, channelId).catch(() => null);
  if (!channel?.wanted) return true;
  const state = await adapterFor(channel.kind)
    .connectionState(channelAccess(channel))
    .catch((error: unknown) => {
      if (error instanceof AppError && error.retryable) return null;
      throw error;
    });
  if (!state) return false;
  if (state.status !== "disconnected") return true;
  // The webhook that says least may be the first one.
  const cause = told.cause === "unknown" ? (state.cause ?? told.cause) : told.cause;
  const code = told.code ?? state.code ?? null;
  await inTransaction(ctx, async (tx) =>
    applyConnection(tx, await requireChannel(tx, channelId), { type: "disconnected", cause, code }),
  );
  return true;
}
