import type { Address } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel, Contact } from "#prisma/generated/client.ts";
import type { ConversationRow } from "./present.ts";
import { requireConversation } from "./queries.ts";

/** The one conversation of this contact on this channel, locked; created when it is the first. */
export async function ensureConversation(
  tx: Tx,
  channel: Channel,
  contact: Contact,
  address: Address,
): Promise<ConversationRow> {
  const key = {
    tenantId_channelId_contactId: { tenantId: tx.tenantId, channelId: channel.id, contactId: contact.id },
  };
  const existing = await tx.db.conversation.findUnique({ where: key, select: { id: true } });
  if (existing) return requireConversation(tx, existing.id);
  await tx.db.conversation.createMany({
    data: [
      {
        id: newId("conversation"),
        channelId: channel.id,
        contactId: contact.id,
        addressKind: address.kind,
        addressValue: address.id,
        // A group stays out of sight until the tenant allows it (DESIGN.md D8).
        allowed: address.kind !== "group",
      },
    ],
    skipDuplicates: true,
  });
  const { id } = await tx.db.conversation.findUniqueOrThrow({ where: key, select: { id: true } });
  return requireConversation(tx, id);
}
