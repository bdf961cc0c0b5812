import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import type { MessageId } from "#lib/kernel/ids.ts";

/** Gives the customer the blue ticks of these messages. */
export async function sendReadMarks(ctx: Ctx, messageIds: readonly MessageId[]): Promise<void> {
  const rows = await inTransaction(ctx, (tx) =>
    tx.db.message.findMany({
      where: { id: { in: [...messageIds] }, externalId: { not: null } },
      select: {
        externalId: true,
        channel: true,
        conversation: {
          select: { contact: { select: { identities: { select: { kind: true, value: true } } } } },
        },
      },
    }),
  );
  const channel = rows[0]?.channel;
  if (channel?.status !== "connected") return;
  const marks = rows.flatMap(({ externalId, conversation }) => {
    const chat = conversation.contact.identities.map(({ kind, value }) => ({ kind, id: value }));
    return externalId ? [{ chat, externalId }] : [];
  });
  await adapterFor(channel.kind).markRead(channelAccess(channel), marks);
}
