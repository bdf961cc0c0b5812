import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { decodeCursor, olderThan, pageOf } from "#lib/kernel/cursor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ContactId } from "#lib/kernel/ids.ts";
import type { Page, PageQuery } from "#lib/kernel/page-schema.ts";
import type { Contact, Prisma } from "#prisma/generated/client.ts";
import { CONTACT_COLUMNS, presentContact, presentMerge } from "./present.ts";
import type { ContactMergeView, ContactView, ListContacts } from "./schema.ts";

/** People, the newest first. */
export async function listContacts(ctx: Ctx, query: ListContacts): Promise<Page<ContactView>> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.contact.findMany({
      where: {
        kind: "person",
        AND: [matchingContact(query.q), olderThan("createdAt", decodeCursor(query.cursor))],
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: query.limit + 1,
      select: { ...CONTACT_COLUMNS, createdAt: true },
    }),
  );
  return pageOf(rows, query.limit, ({ createdAt, id }) => ({ at: createdAt, id }), presentContact);
}

const LAST_DIGITS = 8;

/**
 * Contacts by name, or by phone as people write it: 98888-7777, 8888-7777 and +55 31 98888-7777 all find
 * the same person. The last eight digits are for finding only, never for merging (phones.md section 2).
 */
export function matchingContact(q: string | undefined): Prisma.ContactWhereInput {
  if (!q) return {};
  // Signs of the pattern language are only signs here.
  const text = q.replace(/[\\%_]/g, "\\$&");
  const matches: Prisma.ContactWhereInput[] = [
    { name: { contains: text, mode: "insensitive" } },
    { profileName: { contains: text, mode: "insensitive" } },
  ];
  const digits = q.replace(/\D/g, "");
  // A name with a digit in it is not a phone.
  const isPhone = digits.length >= 3 && !/\p{L}/u.test(q);
  if (isPhone) matches.push({ phone: { contains: digits } });
  if (isPhone && digits.length > LAST_DIGITS)
    matches.push({ phone: { endsWith: digits.slice(-LAST_DIGITS) } });
  return { OR: matches };
}

export async function getContact(ctx: Ctx, id: ContactId): Promise<ContactView> {
  return presentContact(await requireContact(ctx, id));
}

/** Where the contact's picture lies in storage. */
export async function getPicture(ctx: Ctx, id: ContactId): Promise<{ hash: string; type: string }> {
  const { pictureHash, pictureType } = await requireContact(ctx, id);
  if (!pictureHash || !pictureType) throw new AppError("not_found");
  return { hash: pictureHash, type: pictureType };
}

async function requireContact(ctx: Ctx, id: ContactId): Promise<Contact> {
  const contact = await tenantTransaction(ctx.tenantId, (db) => db.contact.findUnique({ where: { id } }));
  if (!contact) throw new AppError("not_found");
  return contact;
}

/** What was merged into this contact, the newest first. */
export async function listMerges(
  ctx: Ctx,
  contactId: ContactId,
  query: PageQuery,
): Promise<Page<ContactMergeView>> {
  const rows = await tenantTransaction(ctx.tenantId, async (db) => {
    const contact = await db.contact.findUnique({ where: { id: contactId }, select: { id: true } });
    if (!contact) throw new AppError("not_found");
    return db.contactMerge.findMany({
      where: { survivorId: contactId, ...olderThan("at", decodeCursor(query.cursor)) },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: query.limit + 1,
    });
  });
  return pageOf(rows, query.limit, (row) => row, presentMerge);
}
