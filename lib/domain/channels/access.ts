import type { ChannelAccess, WebhookTarget } from "#lib/channel-adapters/contract.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import { env } from "#lib/kernel/env.ts";
import type { Channel } from "#prisma/generated/client.ts";

/** What the adapter needs to talk for this channel, with secrets in the clear: never stored or logged. */
export function channelAccess(channel: Pick<Channel, "kind" | "instanceName">): ChannelAccess {
  if (channel.kind !== "evolution" || !channel.instanceName)
    throw new Error(`channel kind ${channel.kind} has no gateway`);
  return {
    kind: "evolution",
    baseUrl: env().EVOLUTION_API_URL,
    globalKey: env().EVOLUTION_API_KEY,
    instanceName: channel.instanceName,
  };
}

/** Where the gateway is told to post, and the secret it has to show there. */
export function webhookTarget(channel: Pick<Channel, "id" | "kind" | "webhookSecret">): WebhookTarget {
  const base = env().WEBHOOK_BASE_URL ?? env().APP_URL ?? `http://127.0.0.1:${env().PORT}`;
  return {
    url: `${base}/api/webhooks/${channel.kind}/${channel.id}`,
    secret: decrypt(channel.webhookSecret, channel.id),
  };
}
