import { audit } from "#lib/domain/audit.ts";
import { type Ctx, emit, inTransaction, type Tx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type ContactId, newId } from "#lib/kernel/ids.ts";
import type { Contact, ContactMerge } from "#prisma/generated/client.ts";
import { assertAloneWithContacts } from "./contacts-lock.ts";
import { adoptConversations } from "./merge-conversations.ts";
import type { MergedContact, MergeReason, Moved } from "./merge-record.ts";

/** A member knows that both are one person. The older contact remains, whichever was named first. */
export function mergeByHand(ctx: Ctx, contactId: ContactId, otherId: ContactId): Promise<ContactMerge> {
  return inTransaction(ctx, async (tx) => {
    assertAloneWithContacts(tx);
    const contacts = await tx.db.contact.findMany({
      where: { id: { in: [contactId, otherId] } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    if (!contacts.some(({ id }) => id === contactId)) throw new AppError("not_found");
    const [older, younger] = contacts;
    if (!older || !younger) throw wrongContact("not_found", "is not another contact of this workspace");
    if (contacts.some(({ kind }) => kind === "group")) throw wrongContact("group", "is a group");
    return mergeContacts(tx, older.id, younger.id, "member");
  });
}

function wrongContact(code: string, message: string): AppError {
  return new AppError("invalid_input", { fields: [{ path: "contactId", code, message }] });
}

/**
 * Two contacts become one: `mergedId` is gone, its addresses and conversations are the survivor's. Where
 * both had a conversation on a channel, these become one too. What moved is kept in contact_merges.
 */
export async function mergeContacts(
  tx: Tx,
  survivorId: string,
  mergedId: string,
  reason: MergeReason,
): Promise<ContactMerge> {
  assertAloneWithContacts(tx);
  const survivor = await tx.db.contact.findUniqueOrThrow({ where: { id: survivorId } });
  const merged = await tx.db.contact.findUniqueOrThrow({ where: { id: mergedId } });
  const conversations = await adoptConversations(tx, survivorId, mergedId);
  const identityIds = await moveIdentities(tx, survivorId, mergedId);
  const mergeIds = await moveFormerMerges(tx, survivorId, mergedId);
  // First gone, then taken over: a phone is one contact's alone.
  await tx.db.contact.delete({ where: { id: mergedId } });
  await tx.db.contact.update({ where: { id: survivorId }, data: takenOver(survivor, merged) });
  const moved: Moved = { identityIds, conversations, mergeIds, survivorBefore: namesOf(survivor) };
  await audit(tx, "contact.merged", survivorId, { mergedId, reason });
  await tellConversations(tx, survivorId);
  return tx.db.contactMerge.create({
    data: { id: newId("merge"), survivorId, merged: snapshot(merged), moved, reason },
  });
}

/** True when a member has taken back a merge of these two: WhatsApp's word does not undo theirs. */
export async function wasParted(tx: Tx, contactId: string, otherId: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from contact_merges
    where undone_at is not null
      and ((survivor_id = ${contactId} and merged ->> 'id' = ${otherId})
        or (survivor_id = ${otherId} and merged ->> 'id' = ${contactId}))
    limit 1`;
  return rows.length > 0;
}

async function moveIdentities(tx: Tx, survivorId: string, mergedId: string): Promise<string[]> {
  const identities = await tx.db.contactIdentity.findMany({
    where: { contactId: mergedId },
    select: { id: true },
  });
  await tx.db.contactIdentity.updateMany({
    where: { contactId: mergedId },
    data: { contactId: survivorId },
  });
  return identities.map(({ id }) => id);
}

async function moveFormerMerges(tx: Tx, survivorId: string, mergedId: string): Promise<string[]> {
  const merges = await tx.db.contactMerge.findMany({
    where: { survivorId: mergedId },
    select: { id: true },
  });
  await tx.db.contactMerge.updateMany({ where: { survivorId: mergedId }, data: { survivorId } });
  return merges.map(({ id }) => id);
}

function takenOver(survivor: Contact, merged: Contact) {
  return {
    name: survivor.name ?? merged.name,
    profileName: survivor.profileName ?? merged.profileName,
    phone: survivor.phone ?? merged.phone,
    ...(survivor.pictureHash === null && {
      pictureUrl: merged.pictureUrl,
      pictureHash: merged.pictureHash,
      pictureType: merged.pictureType,
    }),
  };
}

export function namesOf(contact: Contact): Moved["survivorBefore"] {
  const { name, profileName, phone, pictureUrl, pictureHash, pictureType } = contact;
  return { name, profileName, phone, pictureUrl, pictureHash, pictureType };
}

function snapshot(contact: Contact): MergedContact {
  const { id, kind, createdAt } = contact;
  return { id, kind, ...namesOf(contact), createdAt: createdAt.toISOString() };
}

/** The contact looks otherwise in every conversation it has. */
export async function tellConversations(tx: Tx, contactId: string): Promise<void> {
  const conversations = await tx.db.conversation.findMany({ where: { contactId }, select: { id: true } });
  for (const { id } of conversations) emit(tx, { type: "conversation.updated", conversationId: id });
}
