import { setTimeout as wait } from "node:timers/promises";
import { systemContext } from "#lib/auth/system-context.ts";
import { systemTransaction } from "#lib/db/client.ts";
import { observeConnection } from "#lib/domain/channels/observe-connection.ts";
import { asId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";

const AT_ONCE = 10;
const LOOKS_AT_MS = [0, 20_000, 40_000];

/** Three times a minute, because the owner of a number that went down is to know within one. */
export async function checkChannelsForAMinute(): Promise<void> {
  const begun = performance.now();
  for (const at of LOOKS_AT_MS) {
    const early = begun + at - performance.now();
    if (early > 0) await wait(early);
    await checkChannels();
    // Slow gateways: the next minute has its own round.
    if (performance.now() - begun > 45_000) return;
  }
}

/** What each wanted channel's gateway says of it, because events of a change can be lost. */
export async function checkChannels(): Promise<void> {
  const channels = await systemTransaction((db) =>
    db.channel.findMany({
      where: { wanted: true, status: { not: "setup_failed" } },
      select: { id: true, tenantId: true },
    }),
  );
  for (let from = 0; from < channels.length; from += AT_ONCE) {
    const group = channels.slice(from, from + AT_ONCE);
    await Promise.all(
      group.map(({ id, tenantId }) =>
        observeConnection(systemContext(asId("tenant", tenantId)), asId("channel", id)).catch(
          (error: unknown) => logger.warn({ err: error, channelId: id }, "channel not checked"),
        ),
      ),
    );
  }
}
