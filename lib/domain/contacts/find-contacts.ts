import type { Address } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { phoneFromWhatsAppId } from "#lib/domain/phones/phone-number.ts";
import type { Contact } from "#prisma/generated/client.ts";

export type FoundContact = Contact & { identities: { kind: Address["kind"]; value: string }[] };

/**
 * Every contact that one of these addresses names, the oldest first: by an address already seen, by
 * another WhatsApp id of the same number (Brazil's ninth digit, Mexico's 1), or by the number itself.
 */
export async function findContacts(tx: Tx, addresses: readonly Address[]): Promise<FoundContact[]> {
  const wanted = addresses.flatMap(({ kind, id }) => {
    const values = kind === "phone" ? sameNumberIds(id) : [id];
    return values.map((value) => ({ kind, value }));
  });
  const phones = addresses.flatMap((address) => phoneOf(address) ?? []);
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select identity.contact_id as id
    from unnest(${wanted.map(({ kind }) => kind)}::text[], ${wanted.map(({ value }) => value)}::text[]) as wanted(kind, value)
    join contact_identities as identity
      on identity.tenant_id = ${tx.tenantId} and identity.kind = wanted.kind::identity_kind and identity.value = wanted.value
    union
    select id from contacts where tenant_id = ${tx.tenantId} and phone = any(${phones}::text[])`;
  if (rows.length === 0) return [];
  return tx.db.contact.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    include: { identities: { select: { kind: true, value: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** Argentina's 54… and 549… have different E.164 forms and so are never the same by rule alone. */
function sameNumberIds(id: string): string[] {
  const { e164, candidates } = phoneFromWhatsAppId(id);
  const same = candidates.filter((other) => phoneFromWhatsAppId(other).e164 === e164);
  return [...new Set([id, ...(e164 === null ? [] : same)])];
}

/** The E.164 form of a phone address; null where it cannot be read as a number, undefined for the rest. */
export function phoneOf(address: Address): string | null | undefined {
  return address.kind === "phone" ? phoneFromWhatsAppId(address.id).e164 : undefined;
}

/** One text per person, however a number is written. */
export function addressKey(address: Address): string {
  return `${address.kind}:${phoneOf(address) ?? address.id}`;
}
