import { systemContext } from "#lib/auth/system-context.ts";
import { systemTransaction } from "#lib/db/client.ts";
import { probeIfSilent } from "#lib/domain/channels/check-responsiveness.ts";
import { asId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";

const SILENCE_MS = 30 * 60_000;

/** Every five minutes: numbers that say they are connected and have said nothing for half an hour. */
export async function probeChannels(): Promise<void> {
  const channels = await systemTransaction((db) =>
    db.channel.findMany({
      where: { status: "connected", wanted: true, lastInboundAt: { lt: new Date(Date.now() - SILENCE_MS) } },
      select: { id: true, tenantId: true },
    }),
  );
  for (const { id, tenantId } of channels) {
    const ctx = systemContext(asId("tenant", tenantId));
    await probeIfSilent(ctx, asId("channel", id)).catch((error: unknown) =>
      logger.warn({ err: error, channelId: id }, "channel not probed"),
    );
  }
}
