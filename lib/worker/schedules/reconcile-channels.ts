import { systemContext } from "#lib/auth/system-context.ts";
import { systemTransaction } from "#lib/db/client.ts";
import { enqueue, inTransaction } from "#lib/domain/context.ts";
import { asId } from "#lib/kernel/ids.ts";

/** A round that is still at work, or a reconnect's own, makes this one needless. */
const FRESH_MS = 60_000;

/** Every three minutes: each connected number is compared with its gateway's record, by whichever worker is free. */
export async function reconcileChannels(): Promise<void> {
  const stale = new Date(Date.now() - FRESH_MS);
  const channels = await systemTransaction((db) =>
    db.channel.findMany({
      where: { status: "connected", OR: [{ reconciledAt: null }, { reconciledAt: { lt: stale } }] },
      select: { id: true, tenantId: true },
    }),
  );
  for (const [tenantId, own] of Map.groupBy(channels, (channel) => channel.tenantId)) {
    await inTransaction(systemContext(asId("tenant", tenantId)), async (tx) => {
      for (const { id } of own)
        enqueue(tx, "reconcile-channel", { channelId: asId("channel", id) }, { key: id });
    });
  }
}
