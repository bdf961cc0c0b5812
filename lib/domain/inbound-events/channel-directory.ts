import type { ChannelKind } from "#lib/channel-adapters/contract.ts";
import { systemTransaction } from "#lib/db/client.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import { asId, type ChannelId, isId, type TenantId } from "#lib/kernel/ids.ts";

/** What the receiver has to know of a channel before it may store anything. */
export type ReceivingChannel = { id: ChannelId; tenantId: TenantId; kind: ChannelKind; secrets: string[] };

const LIFE_MS = 10_000;
const SIZE_MAX = 10_000;
const known = new Map<string, { channel: ReceivingChannel; until: number }>();

/**
 * The channel of a webhook address, remembered for ten seconds. A stale entry is used rather than
 * none when the database is away, so that webhooks can still be verified and spooled.
 */
export async function findReceivingChannel(id: string): Promise<ReceivingChannel | null> {
  if (!isId("channel", id)) return null;
  const entry = known.get(id);
  if (entry && entry.until > Date.now()) return entry.channel;
  try {
    const channel = await read(id);
    if (!channel) known.delete(id);
    else remember(channel);
    return channel;
  } catch (error) {
    if (entry) return entry.channel;
    throw error;
  }
}

function remember(channel: ReceivingChannel): void {
  if (known.size >= SIZE_MAX) known.clear();
  known.set(channel.id, { channel, until: Date.now() + LIFE_MS });
}

async function read(id: ChannelId): Promise<ReceivingChannel | null> {
  const select = { tenantId: true, kind: true, webhookSecret: true, webhookSecretPrevious: true } as const;
  const row = await systemTransaction((db) => db.channel.findUnique({ where: { id }, select }));
  if (!row) return null;
  const stored = [row.webhookSecret, ...(row.webhookSecretPrevious ? [row.webhookSecretPrevious] : [])];
  return {
    id,
    tenantId: asId("tenant", row.tenantId),
    kind: row.kind,
    secrets: stored.map((secret) => decrypt(secret, id)),
  };
}
