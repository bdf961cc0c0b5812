import { audit } from "#lib/domain/audit.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ContactId } from "#lib/kernel/ids.ts";
import type { Contact } from "#prisma/generated/client.ts";
import { shareContacts } from "./contacts-lock.ts";
import { tellConversations } from "./merge-contacts.ts";
import type { UpdateContact } from "./schema.ts";

/** The name the business gives a contact. */
export function updateContact(ctx: Ctx, id: ContactId, input: UpdateContact): Promise<Contact> {
  return inTransaction(ctx, async (tx) => {
    await shareContacts(tx);
    const contact = await tx.db.contact.findUnique({ where: { id } });
    if (!contact) throw new AppError("not_found");
    const name = input.name === "" ? null : input.name;
    if (contact.name === name) return contact;
    await audit(tx, "contact.renamed", id);
    await tellConversations(tx, id);
    return tx.db.contact.update({ where: { id }, data: { name } });
  });
}
