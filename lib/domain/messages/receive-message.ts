import type { Address, IncomingMessage } from "#lib/channel-adapters/contract.ts";
import { authorColumns } from "#lib/domain/contacts/author-columns.ts";
import { keepPictureFresh } from "#lib/domain/contacts/schedule-picture.ts";
import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { emit, type Tx } from "#lib/domain/context.ts";
import { ensureConversation } from "#lib/domain/conversations/ensure-conversation.ts";
import type { ConversationRow } from "#lib/domain/conversations/present.ts";
import { addIncomingMedia } from "#lib/domain/media/record-incoming.ts";
import { recordMessage } from "#lib/domain/threads/record-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import type { Channel, Prisma } from "#prisma/generated/client.ts";
import { adoptEcho } from "./adopt-echo.ts";
import { applyHeldEvents } from "./apply-held-events.ts";
import { contentColumns, storedContent } from "./content.ts";
import { orderedAt } from "./ordering.ts";
import { lockByExternalId } from "./queries.ts";
import { holdEvent } from "./record-held-event.ts";

/** `inboundEventId`: null when no webhook brought it. */
export type Arrival = {
  receivedAt: Date;
  inboundEventId: string | null;
  source: "live" | "history" | "recovered";
};

/**
 * Stores a message that WhatsApp told us about: a customer's, one typed on the owner's phone, or the
 * echo of a send through the provider's API. A message already stored changes nothing.
 */
export async function receiveMessage(
  tx: Tx,
  channel: Channel,
  message: IncomingMessage,
  arrival: Arrival,
): Promise<string | null> {
  const [address] = message.chat;
  if (!address) return null;
  const profileName = message.fromMe ? undefined : message.name;
  const contact = await upsertContact(tx, { addresses: message.chat, ...(profileName && { profileName }) });
  const conversation = await ensureConversation(tx, channel, contact, address);
  if (arrival.source === "live") await keepPictureFresh(tx, contact);
  const known = await lockByExternalId(tx, channel.id, message.externalId);
  if (known) return known.id;
  if (message.fromMe && message.viaApi) {
    const adopted = await adoptEcho(tx, conversation, message);
    if (adopted) return adopted;
  }
  return insert(tx, conversation, message, arrival, address);
}

async function insert(
  tx: Tx,
  conversation: ConversationRow,
  message: IncomingMessage,
  arrival: Arrival,
  address: Address,
): Promise<string> {
  const inbound = !message.fromMe;
  const { type, text, details, viewOnce, media } = contentColumns(message.content);
  const original = await findQuoted(tx, conversation, message);
  const data: Prisma.MessageUncheckedCreateInput = {
    id: newId("message"),
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: inbound ? "inbound" : "outbound",
    type,
    text,
    content: storedContent({ details, viewOnce, albumId: message.albumId ?? null, ad: adOf(message) }),
    forwarded: message.forwarded ?? false,
    recovered: arrival.source === "recovered",
    externalId: message.externalId,
    status: inbound ? "received" : (message.status ?? "sent"),
    authorKind: inbound ? "customer" : message.viaApi ? "api" : "phone",
    ...(inbound && (await authorColumns(tx, message))),
    ...quoteColumns(message, original),
    sentAt: message.sentAt,
    orderedAt: orderedAt(message.sentAt, arrival.receivedAt),
    inboundEventId: arrival.inboundEventId,
  };
  const stored = await tx.db.message.create({ data });
  if (media) await addIncomingMedia(tx, asId("message", stored.id), media);
  await recordMessage(tx, conversation, stored, {
    unread: inbound && conversation.allowed && arrival.source !== "history",
  });
  await rememberAddress(tx, conversation, address);
  if (message.quoted && !original)
    await holdEvent(tx, conversation.channelId, message.quoted.externalId, {
      type: "reply",
      messageId: stored.id,
      at: arrival.receivedAt,
    });
  await applyHeldEvents(tx, conversation.channelId, message.externalId);
  if (conversation.allowed)
    emit(tx, { type: "message.received", messageId: stored.id, conversationId: conversation.id });
  return stored.id;
}

async function findQuoted(tx: Tx, { channelId }: ConversationRow, { quoted }: IncomingMessage) {
  if (!quoted) return null;
  const where = {
    tenantId_channelId_externalId: { tenantId: tx.tenantId, channelId, externalId: quoted.externalId },
  };
  return tx.db.message.findUnique({ where, select: { id: true, text: true, type: true } });
}

/** The quoted message by its id when we have it; its words as WhatsApp sent them when we do not. */
function quoteColumns({ quoted }: IncomingMessage, original: Awaited<ReturnType<typeof findQuoted>>) {
  if (!quoted) return {};
  const shown = { text: original?.text ?? quoted.text ?? null, type: original?.type ?? quoted.type ?? null };
  return { quoted: shown, ...(original && { replyToId: original.id }) };
}

/** Replies go to the address WhatsApp used last; but a phone is kept over a lid, because marking read needs it. */
async function rememberAddress(tx: Tx, conversation: ConversationRow, address: Address): Promise<void> {
  const same = conversation.addressKind === address.kind && conversation.addressValue === address.id;
  if (same || (conversation.addressKind === "phone" && address.kind !== "phone")) return;
  await tx.db.conversation.update({
    where: { id: conversation.id },
    data: { addressKind: address.kind, addressValue: address.id },
  });
}

function adOf({ ad }: IncomingMessage) {
  return ad ? { title: ad.title ?? null, body: ad.body ?? null, url: ad.url ?? null } : null;
}
