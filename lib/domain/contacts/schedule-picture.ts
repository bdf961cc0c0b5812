import { enqueue, type Tx } from "#lib/domain/context.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Contact } from "#prisma/generated/client.ts";

const FRESH_MS = 7 * 24 * 60 * 60 * 1000;

/** Asks for the picture of who writes for the first time, and of the others once a week. */
export async function keepPictureFresh(
  tx: Tx,
  contact: Pick<Contact, "id" | "pictureAskedAt">,
): Promise<void> {
  const { pictureAskedAt } = contact;
  if (pictureAskedAt && Date.now() - pictureAskedAt.getTime() < FRESH_MS) return;
  await tx.db.contact.update({
    where: { id: contact.id },
    data: { pictureAskedAt: new Date() },
    select: { id: true },
  });
  enqueue(tx, "refresh-contact-picture", { contactId: asId("contact", contact.id) }, { key: tx.tenantId });
}
