import type { Address } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { findContacts, phoneOf } from "#lib/domain/contacts/find-contacts.ts";
import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import { requireConversation } from "#lib/domain/conversations/queries.ts";
import { phoneFromWhatsAppId } from "#lib/domain/phones/phone-number.ts";
import { AppError } from "#lib/kernel/errors.ts";

/**
 * Where a message of this conversation goes: the address WhatsApp itself has used, else the forms of the
 * typed number in their order, whichever WhatsApp says is there (phones.md sections 2 and 5). Throws
 * `recipient_not_on_whatsapp` when none is.
 */
export async function resolveRecipient(ctx: Ctx, conversationId: string): Promise<Address> {
  const { channel, address, proven } = await inTransaction(ctx, (tx) => recipientOf(tx, conversationId));
  const adapter = adapterFor(channel.kind);
  if (proven || address.kind !== "phone" || !adapter.capabilities.checkNumbers) return address;
  const { candidates } = phoneFromWhatsAppId(address.id);
  const answers = await adapter.checkNumbers(channelAccess(channel), candidates);
  const answer = candidates
    .map((candidate) => answers.find(({ asked }) => asked === candidate)?.address)
    .find((found) => found !== undefined);
  if (!answer) throw new AppError("recipient_not_on_whatsapp");
  if (answer.id !== address.id)
    await inTransaction(ctx, (tx) => replaceGuess(tx, conversationId, address, answer));
  return answer;
}

async function recipientOf(tx: Tx, conversationId: string) {
  const { channel, addressKind, addressValue, ...conversation } = await tx.db.conversation
    .findUniqueOrThrow({
      where: { id: conversationId },
      select: { channel: true, addressKind: true, addressValue: true, lastInboundAt: true },
    })
    .catch((cause: unknown) => {
      // Merged away between two steps of a delivery: the next try finds where it is now.
      throw new AppError("channel_busy", { cause });
    });
  const address: Address = { kind: addressKind, id: addressValue };
  if (conversation.lastInboundAt) return { channel, address, proven: true };
  const taken = await tx.db.message.findFirst({
    where: { conversationId, externalId: { not: null } },
    select: { id: true },
  });
  return { channel, address, proven: taken !== null };
}

/** The number as WhatsApp knows it takes the place of our guess; it may be somebody we already know. */
async function replaceGuess(tx: Tx, conversationId: string, guess: Address, answer: Address): Promise<void> {
  const contact = await upsertContact(tx, { addresses: [answer, guess] });
  if (phoneOf(guess) !== phoneOf(answer)) {
    // Not another form of the same number (Argentina): nobody is behind the guess.
    await tx.db.contactIdentity.deleteMany({ where: { kind: guess.kind, value: guess.id } });
    if (contact.phone === phoneOf(guess))
      await tx.db.contact.update({ where: { id: contact.id }, data: { phone: phoneOf(answer) ?? null } });
  }
  const { id } = await requireConversation(tx, conversationId);
  await tx.db.conversation.update({
    where: { id },
    data: { addressKind: answer.kind, addressValue: answer.id },
  });
}

/**
 * Where the provider says a message really went is another address of the same person. Argentina's forms
 * are kept apart all the same when somebody has written from each.
 */
export async function learnSentTo(tx: Tx, to: Address, sentTo: Address | undefined): Promise<void> {
  if (!sentTo || to.kind === "group" || sentTo.kind === "group") return;
  if (sentTo.kind === to.kind && sentTo.id === to.id) return;
  if (phoneOf(to) !== phoneOf(sentTo) && (await bothHaveWritten(tx, [to, sentTo]))) return;
  await upsertContact(tx, { addresses: [to, sentTo] });
}

async function bothHaveWritten(tx: Tx, addresses: readonly Address[]): Promise<boolean> {
  const contacts = await findContacts(tx, addresses);
  if (contacts.length < 2) return false;
  const heard = await tx.db.conversation.findMany({
    where: { contactId: { in: contacts.map(({ id }) => id) }, lastInboundAt: { not: null } },
    select: { contactId: true },
    distinct: ["contactId"],
  });
  return heard.length === contacts.length;
}
