import type { Address } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Contact, Prisma } from "#prisma/generated/client.ts";
import { assertAloneWithContacts, shareContacts } from "./contacts-lock.ts";
import { addressKey, type FoundContact, findContacts, phoneOf } from "./find-contacts.ts";
import { mergeContacts, wasParted } from "./merge-contacts.ts";

/** `addresses`: all of one person, by WhatsApp's own word; a number that was typed comes alone. */
export type KnownAs = { addresses: readonly Address[]; profileName?: string; name?: string };

/**
 * The contact behind these addresses, created when none of them is known. Every address seen becomes
 * an identity, so that the same person is found by any of them (phones.md section 2). Addresses of two
 * contacts prove that both are one person: they are merged.
 */
export async function upsertContact(tx: Tx, known: KnownAs): Promise<Contact> {
  await shareContacts(tx);
  const found = await findContacts(tx, known.addresses);
  const [only] = found;
  if (only && found.length === 1 && missingIn(only, known.addresses).length === 0)
    return update(tx, only, known);
  // Two jobs may meet the same new address at once: one of them goes first, the other finds its work.
  await lockAddresses(tx, known.addresses);
  const [oldest, ...others] = await findContacts(tx, known.addresses);
  if (!oldest) return create(tx, known);
  if (others.length === 0) return learn(tx, oldest, known);
  return becomeOne(tx, oldest, others, known);
}

async function lockAddresses(tx: Tx, addresses: readonly Address[]): Promise<void> {
  const keys = addresses.map((address) => `contact:${tx.tenantId}:${addressKey(address)}`).sort();
  await tx.db
    .$executeRaw`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) as key order by key`;
}

function missingIn(contact: FoundContact, addresses: readonly Address[]): Address[] {
  return addresses.filter(
    ({ kind, id }) => !contact.identities.some((has) => has.kind === kind && has.value === id),
  );
}

/** The younger into the oldest, except where a member has said that they are two. */
async function becomeOne(
  tx: Tx,
  oldest: FoundContact,
  others: readonly FoundContact[],
  known: KnownAs,
): Promise<Contact> {
  const parted: FoundContact[] = [];
  for (const other of others) {
    if (await wasParted(tx, oldest.id, other.id)) parted.push(other);
    else {
      assertAloneWithContacts(tx);
      await mergeContacts(tx, oldest.id, other.id, "shared_address");
    }
  }
  if (parted.length === 0) {
    const [whole] = await findContacts(tx, known.addresses);
    return learn(tx, whole ?? oldest, known);
  }
  // Whose address stands first is who it is; nobody learns an address of the other.
  const byFirst = await findContacts(tx, known.addresses.slice(0, 1));
  return update(tx, byFirst[0] ?? oldest, known);
}

/** A contact known by some of these addresses gets the others. */
async function learn(tx: Tx, contact: FoundContact, known: KnownAs): Promise<Contact> {
  const missing = missingIn(contact, known.addresses);
  if (missing.length > 0) await addIdentities(tx, contact.id, missing);
  const phone = contact.phone === null ? firstPhone(known.addresses) : null;
  return update(tx, contact, known, phone === null ? {} : { phone });
}

async function update(
  tx: Tx,
  contact: Contact,
  { profileName, name }: KnownAs,
  more: Prisma.ContactUpdateInput = {},
): Promise<Contact> {
  const changes: Prisma.ContactUpdateInput = {
    ...more,
    ...(profileName && profileName !== contact.profileName && { profileName }),
    ...(name && name !== contact.name && { name }),
  };
  if (Object.keys(changes).length === 0) return contact;
  return tx.db.contact.update({ where: { id: contact.id }, data: changes });
}

async function create(tx: Tx, { addresses, profileName, name }: KnownAs): Promise<Contact> {
  const isGroup = addresses.some(({ kind }) => kind === "group");
  const contact = await tx.db.contact.create({
    data: {
      id: newId("contact"),
      kind: isGroup ? "group" : "person",
      phone: firstPhone(addresses),
      ...(profileName && { profileName }),
      ...(name && { name }),
    },
  });
  await addIdentities(tx, contact.id, addresses);
  return contact;
}

async function addIdentities(tx: Tx, contactId: string, addresses: readonly Address[]): Promise<void> {
  await tx.db.contactIdentity.createMany({
    data: addresses.map(({ kind, id }) => ({ id: newId("identity"), contactId, kind, value: id })),
    skipDuplicates: true,
  });
}

function firstPhone(addresses: readonly Address[]): string | null {
  return addresses.map(phoneOf).find((phone) => typeof phone === "string") ?? null;
}
