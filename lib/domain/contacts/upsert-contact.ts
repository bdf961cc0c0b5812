import type { Address } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Contact } from "#prisma/generated/client.ts";
import { phoneFromWhatsAppId } from "./phone-number.ts";

export type KnownAs = { addresses: readonly Address[]; profileName?: string; name?: string };

/**
 * The contact behind these addresses, created when none of them is known. Every address seen becomes
 * an identity, so that the same person is found by any of them (phones.md section 2).
 */
export async function upsertContact(tx: Tx, known: KnownAs): Promise<Contact> {
  const found = await findByAddresses(tx, known.addresses);
  if (found) return refresh(tx, found, known);
  // Two jobs may meet the same new person at once, by different addresses: one of them goes first.
  const keys = known.addresses.map((address) => `contact:${tx.tenantId}:${canonicalKey(address)}`).sort();
  await tx.db
    .$executeRaw`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) as key order by key`;
  const meanwhile = (await findByAddresses(tx, known.addresses)) ?? (await findByPhone(tx, known.addresses));
  if (meanwhile) return refresh(tx, meanwhile, known);
  return create(tx, known);
}

type Found = Contact & { identities: { kind: string; value: string }[] };

const WITH_IDENTITIES = { identities: { select: { kind: true, value: true } } } as const;

async function findByAddresses(tx: Tx, addresses: readonly Address[]): Promise<Found | null> {
  const oneOfThem = { OR: addresses.map(({ kind, id }) => ({ kind, value: id })) };
  return tx.db.contact.findFirst({
    where: { identities: { some: oneOfThem } },
    include: WITH_IDENTITIES,
    // Should two contacts share the addresses, the older one is the person's.
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

async function findByPhone(tx: Tx, addresses: readonly Address[]): Promise<Found | null> {
  const phone = phoneOf(addresses);
  return phone ? tx.db.contact.findFirst({ where: { phone }, include: WITH_IDENTITIES }) : null;
}

async function refresh(tx: Tx, contact: Found, known: KnownAs): Promise<Contact> {
  const missing = known.addresses.filter(
    ({ kind, id }) => !contact.identities.some((has) => has.kind === kind && has.value === id),
  );
  if (missing.length > 0) {
    const data = missing.map(({ kind, id }) => ({
      id: newId("identity"),
      contactId: contact.id,
      kind,
      value: id,
    }));
    await tx.db.contactIdentity.createMany({ data, skipDuplicates: true });
  }
  const changes = {
    ...(known.profileName && known.profileName !== contact.profileName && { profileName: known.profileName }),
    ...(known.name && known.name !== contact.name && { name: known.name }),
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
      phone: phoneOf(addresses),
      ...(profileName && { profileName }),
      ...(name && { name }),
    },
  });
  await tx.db.contactIdentity.createMany({
    data: addresses.map(({ kind, id }) => ({
      id: newId("identity"),
      contactId: contact.id,
      kind,
      value: id,
    })),
    skipDuplicates: true,
  });
  return contact;
}

function phoneOf(addresses: readonly Address[]): string | null {
  const phone = addresses.find(({ kind }) => kind === "phone");
  return phone ? phoneFromWhatsAppId(phone.id).e164 : null;
}

function canonicalKey({ kind, id }: Address): string {
  return kind === "phone" ? (phoneFromWhatsAppId(id).e164 ?? id) : `${kind}:${id}`;
}
