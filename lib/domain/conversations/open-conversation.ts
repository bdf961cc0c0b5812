import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import { canonicalPhone, phoneFromWhatsAppId } from "#lib/domain/phones/phone-number.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { ensureConversation } from "./ensure-conversation.ts";
import type { ConversationRow } from "./present.ts";
import type { OpenConversation } from "./schema.ts";

/** Finds or starts the conversation with a phone number, on the named channel or the tenant's first. */
export function openConversation(ctx: Ctx, input: OpenConversation): Promise<ConversationRow> {
  return inTransaction(ctx, (tx) => openConversationIn(tx, input));
}

export async function openConversationIn(tx: Tx, input: OpenConversation): Promise<ConversationRow> {
  const tenant = await tx.db.tenant.findUniqueOrThrow({
    where: { id: tx.tenantId },
    select: { country: true },
  });
  const phone = canonicalPhone(input.to, tenant.country);
  if (phone.verdict === "invalid") {
    const field = {
      path: "to",
      code: phone.reason,
      message: "is not a phone number that WhatsApp can reach",
    };
    throw new AppError("recipient_invalid", { fields: [field] });
  }
  const channel = await channelFor(tx, input.channelId);
  const [first] = phone.candidates;
  if (!first) throw new AppError("recipient_invalid");
  // Any form of this number leads to the same person; Argentina's other form only once WhatsApp says so.
  const forms = phone.candidates.filter((id) => phoneFromWhatsAppId(id).e164 === phone.e164);
  const known = await tx.db.contactIdentity.findFirst({
    where: { kind: "phone", value: { in: forms } },
    select: { value: true },
  });
  const address = { kind: "phone" as const, id: known?.value ?? first };
  const contact = await upsertContact(tx, { addresses: [address], ...(input.name && { name: input.name }) });
  return ensureConversation(tx, channel, contact, address);
}

async function channelFor(tx: Tx, channelId: string | undefined): Promise<Channel> {
  const where = channelId ? { id: channelId } : {};
  const channels = await tx.db.channel.findMany({ where, orderBy: [{ createdAt: "asc" }] });
  // A connected number serves better than an older one that is not.
  const channel = channels.find(({ status }) => status === "connected") ?? channels[0];
  if (channel) return channel;
  if (!channelId) throw new AppError("channel_disconnected");
  throw new AppError("invalid_input", {
    fields: [{ path: "channelId", code: "not_found", message: "is not a channel of this workspace" }],
  });
}
