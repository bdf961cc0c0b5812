import { audit } from "#lib/domain/audit.ts";
import { type Ctx, enqueue, inTransaction, type Tx } from "#lib/domain/context.ts";
import { encrypt, randomSecret } from "#lib/kernel/crypto.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { connectChannel } from "./connect-channel.ts";
import { assertMayManageChannels } from "./policy.ts";
import type { CreateChannel } from "./schema.ts";
import { writeTimeline } from "./write-timeline.ts";

/** Creates the channel and connects it at once; with the gateway down it stays as `setup_failed` and is retried. */
export async function createChannel(ctx: Ctx, input: CreateChannel): Promise<Channel> {
  assertMayManageChannels(ctx.actor);
  const channel = await inTransaction(ctx, async (tx) => {
    const channel = await insertChannel(tx, input.name);
    await audit(tx, "channel.created", channel.id, { kind: channel.kind });
    return channel;
  });
  return connectChannel(ctx, channel.id);
}

/**
 * The row of a new QR channel. A job finishes the set-up if this process dies before it has; when it
 * has succeeded by then, the job finds nothing to do.
 */
export async function insertChannel(tx: Tx, name: string): Promise<Channel> {
  const id = newId("channel");
  const channel = await tx.db.channel.create({
    data: {
      id,
      kind: "evolution",
      name,
      status: "connecting",
      instanceName: `business_${crypto.randomUUID().replaceAll("-", "")}`,
      webhookSecret: encrypt(randomSecret(), id),
    },
  });
  await writeTimeline(tx, id, "created");
  enqueue(tx, "set-up-channel", { channelId: id }, { key: id, startAfterS: 20 });
  return channel;
}
