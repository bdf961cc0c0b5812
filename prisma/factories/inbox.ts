import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { ensureConversation } from "#lib/domain/conversations/ensure-conversation.ts";
import { encrypt, randomSecret } from "#lib/kernel/crypto.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { aTenant } from "./tenant.ts";

/** A QR channel that says it is connected; nobody is behind it unless the gateway knows its instance. */
export async function aChannel(
  ctx: Ctx,
  given: Partial<Pick<Channel, "name" | "status" | "phone">> = {},
): Promise<Channel> {
  const id = newId("channel");
  return inTransaction(ctx, (tx) =>
    tx.db.channel.create({
      data: {
        id,
        kind: "evolution",
        name: given.name ?? "WhatsApp",
        status: given.status ?? "connected",
        phone: given.phone ?? "+51900000001",
        instanceName: `business_${crypto.randomUUID().replaceAll("-", "")}`,
        webhookSecret: encrypt(randomSecret(), id),
      },
    }),
  );
}

export async function aConversation(
  ctx: Ctx,
  channel: Channel,
  phone = "51987654321",
  profileName = "Rosa Quispe",
) {
  const address = { kind: "phone" as const, id: phone };
  const row = await inTransaction(ctx, async (tx) => {
    const contact = await upsertContact(tx, { addresses: [address], profileName });
    return ensureConversation(tx, channel, contact, address);
  });
  return { ...row, id: asId("conversation", row.id) };
}

/** Tenant, owner, connected channel and one chat. */
export async function anInbox() {
  const tenant = await aTenant();
  const channel = await aChannel(tenant.ctx);
  const conversation = await aConversation(tenant.ctx, channel);
  return { ...tenant, channel, conversation };
}
