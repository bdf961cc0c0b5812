import { type Db, systemTransaction } from "#lib/db/client.ts";
import { audit } from "#lib/domain/audit.ts";
import { connectChannel } from "#lib/domain/channels/connect-channel.ts";
import { insertChannel } from "#lib/domain/channels/create-channel.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { assertStrongPassword, hashPassword } from "#lib/domain/users/password.ts";
import { presentUser } from "#lib/domain/users/present.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import { countryDefaults, countryOfTimeZone } from "./country-defaults.ts";
import { presentTenant } from "./present.ts";
import type { Register, Registered } from "./schema.ts";
import { slugOf } from "./slug.ts";

/**
 * Creates the business, its owner and its first WhatsApp channel. The account exists whether or not the
 * gateway answers; the channel then says `setup_failed` and is retried.
 */
export async function registerTenant(input: Register): Promise<Registered> {
  assertStrongPassword(input.password, [input.email, input.name, input.businessName]);
  const passwordHash = await hashPassword(input.password);
  const { tenant, user, ctx } = await systemTransaction((db) => insertTenant(db, input, passwordHash));
  const channel = await inTransaction(ctx, async (tx) => {
    await audit(tx, "tenant.registered", tenant.id);
    return insertChannel(tx, "WhatsApp");
  });
  const connected = await connectChannel(ctx, channel.id);
  return { tenant: presentTenant(tenant), user: presentUser(user), channel: presentChannel(connected) };
}

async function insertTenant(db: Db, input: Register, passwordHash: string) {
  const country = input.country ?? countryOfTimeZone(input.timeZone) ?? "PE";
  const defaults = countryDefaults(country);
  const locale = input.locale ?? defaults.locale;
  const user = await insertUser(db, { email: input.email, name: input.name, passwordHash, locale });
  const tenant = await db.tenant.create({
    data: {
      id: newId("tenant"),
      slug: await freeSlug(db, input.businessName),
      name: input.businessName,
      country,
      currency: defaults.currency,
      timeZone: input.timeZone ?? defaults.timeZone,
      locale,
    },
  });
  const memberId = newId("member");
  const tenantId = asId("tenant", tenant.id);
  await db.member.create({
    data: { id: memberId, tenantId, userId: user.id, role: "owner", name: user.name, email: user.email },
  });
  await db.tenantSequence.create({ data: { tenantId } });
  const ctx: Ctx = {
    tenantId,
    actor: { kind: "member", memberId, userId: asId("user", user.id), role: "owner", name: user.name },
  };
  return { tenant, user, ctx };
}

async function insertUser(
  db: Db,
  data: { email: string; name: string; passwordHash: string; locale: string },
) {
  const id = newId("user");
  // Two registrations at once: the unique index decides, and the loser hears the same as a late comer.
  const { count } = await db.user.createMany({ data: [{ id, ...data }], skipDuplicates: true });
  if (count === 1) return db.user.findUniqueOrThrow({ where: { id } });
  throw new AppError("email_taken", {
    fields: [{ path: "email", code: "email_taken", message: "already has an account" }],
  });
}

async function freeSlug(db: Db, name: string): Promise<string> {
  const slug = slugOf(name);
  // Two businesses of one name at once: the second waits and sees the first.
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`slug:${slug}`}, 0))`;
  const taken = await db.tenant.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true } });
  if (!taken.some((tenant) => tenant.slug === slug)) return slug;
  return `${slug}-${newId("tenant").slice(-6)}`;
}
