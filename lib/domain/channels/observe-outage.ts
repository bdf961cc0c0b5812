import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { PATIENCE_S } from "#lib/domain/alerts/observe-channel.ts";
import { openAlert } from "#lib/domain/alerts/open-alert.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";
import { applyConnection, asNews } from "./apply-connection.ts";
import { requireChannel } from "./queries.ts";
import type { ChannelErrorCode } from "./schema.ts";

/** A while after a connection was lost: raises an alert unless it came back, with what is in the way. */
export async function observeOutage(ctx: Ctx, channelId: ChannelId): Promise<void> {
  const channel = await inTransaction(ctx, (tx) => tx.db.channel.findUnique({ where: { id: channelId } }));
  if (!channel || !isStillAway(channel)) return;
  const found = await ask(channel);
  await inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channelId);
    if (!isStillAway(current)) return;
    if (found.news?.type === "connected") {
      await applyConnection(tx, current, found.news);
      return;
    }
    const since = current.lostAt ?? current.statusSince;
    await openAlert(tx, { kind: "channel_down", channelId, code: found.code, since });
  });
}

/** Not for a connection that came back and fell again meanwhile: that fall has its own watch. */
function isStillAway({ status, statusSince, wanted }: Channel): boolean {
  const lasted = Date.now() - statusSince.getTime();
  return wanted && status === "connecting" && lasted > (PATIENCE_S - 5) * 1000;
}

async function ask(channel: Channel): Promise<{ news?: ReturnType<typeof asNews>; code: ChannelErrorCode }> {
  try {
    const state = await adapterFor(channel.kind).connectionState(channelAccess(channel));
    return { news: asNews(state), code: "disconnect.unknown" };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code };
  }
}
