import type { Address, GroupInfo } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { assertAloneWithContacts } from "./contacts-lock.ts";
import { findContacts, phoneOf } from "./find-contacts.ts";
import { tellConversations } from "./merge-contacts.ts";
import { learnAboutContact } from "./record-profile.ts";

/**
 * What a group is called and who is in it. Only groups that have written are kept, and of the members
 * those we already talk to: their number and lid, told together here, may make one contact of two.
 */
export async function updateGroup(tx: Tx, group: Address, info: GroupInfo): Promise<string | null> {
  await learnAboutMembers(tx, info.participants ?? []);
  const [contact] = await findContacts(tx, [group]);
  if (!contact) return null;
  if (info.subject && info.subject !== contact.profileName) {
    await tx.db.contact.update({ where: { id: contact.id }, data: { profileName: info.subject } });
    await tellConversations(tx, contact.id);
  }
  return contact.id;
}

async function learnAboutMembers(tx: Tx, members: NonNullable<GroupInfo["participants"]>): Promise<void> {
  // One question for all: a group may have a thousand members.
  const contacts = await findContacts(
    tx,
    members.flatMap(({ addresses }) => addresses),
  );
  const isKnown = (address: Address) =>
    contacts.some(
      ({ phone, identities }) =>
        (phone !== null && phone === phoneOf(address)) ||
        identities.some(({ kind, value }) => kind === address.kind && value === address.id),
    );
  const known = members.filter(({ addresses }) => addresses.some(isKnown));
  // Several people's addresses in whatever order they come: see holdContacts of process-inbound-event.ts.
  if (known.length > 1) assertAloneWithContacts(tx);
  for (const { addresses, name } of known) await learnAboutContact(tx, { addresses, ...(name && { name }) });
}
