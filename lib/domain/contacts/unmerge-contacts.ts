import { audit } from "#lib/domain/audit.ts";
import { type Ctx, emit, inTransaction, type Tx } from "#lib/domain/context.ts";
import { recomputeLastMessage } from "#lib/domain/threads/record-message.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ContactId, Id } from "#lib/kernel/ids.ts";
import type { Contact, Conversation, Prisma } from "#prisma/generated/client.ts";
import { assertAloneWithContacts } from "./contacts-lock.ts";
import { namesOf, tellConversations } from "./merge-contacts.ts";
import { lockConversationsOf } from "./merge-conversations.ts";
import { MergedContact, Moved, type MovedConversation } from "./merge-record.ts";

/**
 * Takes a merge back: the contact that was gone is there again with what moved. Messages that came since
 * stay with the survivor, except those that came from an address of the restored contact.
 */
export function unmergeContacts(ctx: Ctx, contactId: ContactId, mergeId: Id<"merge">): Promise<Contact> {
  return inTransaction(ctx, async (tx) => {
    assertAloneWithContacts(tx);
    const merge = await tx.db.contactMerge.findFirst({ where: { id: mergeId, survivorId: contactId } });
    if (!merge) throw new AppError("not_found");
    if (merge.undoneAt) throw new AppError("conflict", { detail: "This merge has been undone already." });
    const merged = MergedContact.parse(merge.merged);
    const moved = Moved.parse(merge.moved);
    await lockConversationsOf(tx, contactId);
    await giveBackNames(tx, contactId, merged, moved.survivorBefore);
    const restored = await restoreContact(tx, merged);
    const mine = { contactId };
    await tx.db.contactIdentity.updateMany({
      where: { ...mine, id: { in: moved.identityIds } },
      data: { contactId: restored.id },
    });
    for (const conversation of moved.conversations)
      await restoreConversation(tx, contactId, restored, conversation);
    await tx.db.contactMerge.updateMany({
      where: { survivorId: contactId, id: { in: moved.mergeIds } },
      data: { survivorId: restored.id },
    });
    await tx.db.contactMerge.update({ where: { id: mergeId }, data: { undoneAt: new Date() } });
    await audit(tx, "contact.merge_undone", contactId, { restoredId: restored.id });
    await tellConversations(tx, contactId);
    await tellConversations(tx, restored.id);
    return restored;
  });
}

/** What the survivor took over and still has as it was goes; what a person changed since stays. */
async function giveBackNames(
  tx: Tx,
  survivorId: string,
  merged: MergedContact,
  before: Moved["survivorBefore"],
): Promise<void> {
  const now = namesOf(await tx.db.contact.findUniqueOrThrow({ where: { id: survivorId } }));
  const taken = (key: keyof typeof now) => before[key] === null && now[key] === merged[key];
  const data: Prisma.ContactUpdateInput = {};
  for (const key of ["name", "profileName", "phone", "pictureUrl", "pictureHash", "pictureType"] as const)
    if (taken(key)) data[key] = null;
  await tx.db.contact.update({ where: { id: survivorId }, data });
}

async function restoreContact(tx: Tx, merged: MergedContact): Promise<Contact> {
  const { phone, ...rest } = merged;
  // Somebody else may have the number by now.
  const taken = phone !== null && (await tx.db.contact.findFirst({ where: { phone }, select: { id: true } }));
  return tx.db.contact.create({ data: { ...rest, phone: taken ? null : phone } });
}

async function restoreConversation(
  tx: Tx,
  survivorId: string,
  restored: Contact,
  was: MovedConversation,
): Promise<void> {
  if (was.intoId === null) {
    await tx.db.conversation.updateMany({
      where: { id: was.id, contactId: survivorId },
      data: { contactId: restored.id },
    });
    return;
  }
  // A later merge may have moved everything on: what counts is where the survivor keeps this channel now.
  const from = await tx.db.conversation.findFirst({
    where: { contactId: survivorId, channelId: was.channelId },
  });
  if (!from) return;
  const { messageIds, gapIds, intoId: _, ...columns } = was;
  await tx.db.conversation.create({ data: { ...columns, contactId: restored.id } });
  await moveBack(tx, from, restored, was);
  await tx.db.gap.updateMany({
    where: { id: { in: gapIds }, conversationId: from.id },
    data: { conversationId: was.id },
  });
  await giveBackAddress(tx, from, was);
  await recomputeLastMessage(tx, from.id);
  await recomputeLastMessage(tx, was.id);
  emit(tx, { type: "conversation.split", conversationId: was.id, fromId: from.id });
}

async function moveBack(tx: Tx, from: Conversation, restored: Contact, was: MovedConversation) {
  const identities = await tx.db.contactIdentity.findMany({ where: { contactId: restored.id } });
  const goesBack: Prisma.MessageWhereInput = {
    OR: [
      { id: { in: was.messageIds } },
      // Who wrote is kept with every message of a customer (messages/receive-message.ts).
      { authorKind: "customer", authorId: { in: identities.map(({ kind, value }) => `${kind}:${value}`) } },
    ],
  };
  // Unread are the newest of the customer's; each thread keeps its own.
  const unread = await tx.db.message.findMany({
    where: { conversationId: from.id, direction: "inbound", type: { not: "reaction" } },
    orderBy: [{ orderedAt: "desc" }, { id: "desc" }],
    take: from.unreadCount,
    select: { id: true },
  });
  const moving = await tx.db.message.findMany({
    where: { conversationId: from.id, ...goesBack },
    select: { id: true },
  });
  const ids = new Set(moving.map(({ id }) => id));
  await tx.db.message.updateMany({
    where: { conversationId: from.id, ...goesBack },
    data: { conversationId: was.id },
  });
  const unreadCount = unread.filter(({ id }) => ids.has(id)).length;
  await tx.db.conversation.update({ where: { id: was.id }, data: { unreadCount } });
  await tx.db.conversation.update({
    where: { id: from.id },
    data: { unreadCount: { decrement: unreadCount } },
  });
}

/** The survivor's replies must not go on to an address that is the other's again. */
async function giveBackAddress(tx: Tx, from: Conversation, was: MovedConversation): Promise<void> {
  if (from.addressKind !== was.addressKind || from.addressValue !== was.addressValue) return;
  const own = await tx.db.contactIdentity.findMany({
    where: { contactId: from.contactId },
    orderBy: { createdAt: "desc" },
  });
  const address = own.find(({ kind }) => kind === "phone") ?? own[0];
  if (!address) return;
  await tx.db.conversation.update({
    where: { id: from.id },
    data: { addressKind: address.kind, addressValue: address.value },
  });
}
