import type { ContactView } from "#lib/domain/contacts/schema.ts";
import { formatPhone } from "#lib/i18n/phone-format.ts";

/**
 * How a contact is called: the name the business gave, else the person's own WhatsApp name marked with
 * ~, else the phone. A group is called as it is on WhatsApp. `isName` is false when it is only a number or
 * nothing is known.
 */
export function contactName(contact: ContactView, unknown: string): { text: string; isName: boolean } {
  const name = contact.name?.trim();
  if (name) return { text: name, isName: true };
  const profileName = contact.profileName?.trim();
  if (profileName) return { text: contact.kind === "group" ? profileName : `~${profileName}`, isName: true };
  return { text: contact.phone ? formatPhone(contact.phone) : unknown, isName: false };
}
