import type { Address } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel, Contact } from "#prisma/generated/client.ts";
import type { ConversationRow } from "./present.ts";

/** The one conversation of this contact on this channel, locked; created when it is the first. */
export async function ensureConversation(
  tx: Tx,
  channel: Channel,
  contact: Contact,
  address: Address,
): Promise<ConversationRow> {
  const existing = await lockByContact(tx, channel, contact);
  if (existing) return existing;
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
  const created = await lockByContact(tx, channel, contact);
  if (!created) throw new Error("a conversation just made is not there");
  return created;
}

async function lockByContact(tx: Tx, channel: Channel, contact: Contact): Promise<ConversationRow | null> {
  await tx.db.$executeRaw`
    select 1 from conversations where tenant_id = ${tx.tenantId} and channel_id = ${channel.id}
      and contact_id = ${contact.id} for update`;
  const key = { tenantId: tx.tenantId, channelId: channel.id, contactId: contact.id };
  const row = await tx.db.conversation.findUnique({ where: { tenantId_channelId_contactId: key } });
  return row && { ...row, contact };
}
