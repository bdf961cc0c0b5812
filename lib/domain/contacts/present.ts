import { asId } from "#lib/kernel/ids.ts";
import type { Contact, ContactMerge } from "#prisma/generated/client.ts";
import { MERGE_REASONS, MergedContact } from "./merge-record.ts";
import type { ContactMergeView, ContactView } from "./schema.ts";

/** The columns a contact is shown with. */
export const CONTACT_COLUMNS = {
  id: true,
  kind: true,
  name: true,
  profileName: true,
  phone: true,
  pictureHash: true,
} as const;

export function presentContact(contact: Pick<Contact, keyof typeof CONTACT_COLUMNS>): ContactView {
  const { id, kind, name, profileName, phone, pictureHash } = contact;
  // The hash makes a new picture a new address, so that browsers may keep the old one for good.
  const pictureUrl = pictureHash && `/api/v1/contacts/${id}/picture?v=${pictureHash.slice(0, 12)}`;
  return { id: asId("contact", id), kind, name, profileName, phone, pictureUrl };
}

export function presentMerge(row: ContactMerge): ContactMergeView {
  const { id, kind, name, profileName, phone } = MergedContact.parse(row.merged);
  return {
    id: asId("merge", row.id),
    contactId: asId("contact", row.survivorId),
    merged: { id: asId("contact", id), kind, name, profileName, phone },
    reason: MERGE_REASONS.find((reason) => reason === row.reason) ?? "shared_address",
    at: row.at.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
  };
}
