import { asId } from "#lib/kernel/ids.ts";
import type { Contact } from "#prisma/generated/client.ts";
import type { ContactView } from "./schema.ts";

/** The columns a contact is shown with. */
export const CONTACT_COLUMNS = {
  id: true,
  kind: true,
  name: true,
  profileName: true,
  phone: true,
  pictureUrl: true,
} as const;

export function presentContact(contact: Pick<Contact, keyof typeof CONTACT_COLUMNS>): ContactView {
  return { ...contact, id: asId("contact", contact.id) };
}
