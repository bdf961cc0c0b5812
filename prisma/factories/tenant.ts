import { systemTransaction } from "#lib/db/client.ts";
import type { Ctx, Role } from "#lib/domain/context.ts";
import { hashPassword } from "#lib/domain/users/password.ts";
import { asId, newId, type TenantId, type UserId } from "#lib/kernel/ids.ts";

export const FACTORY_PASSWORD = "correcto caballo bateria";

let passwordHash: Promise<string> | undefined;

/** A member of a tenant with a log-in of their own. */
export async function aMember(
  tenantId: TenantId,
  role: Role,
): Promise<{ ctx: Ctx; userId: UserId; email: string }> {
  passwordHash ??= hashPassword(FACTORY_PASSWORD);
  const hash = await passwordHash;
  const [userId, memberId] = [newId("user"), newId("member")];
  const email = `${userId.slice(-8)}@example.test`;
  const name = `Ana ${userId.slice(-4)}`;
  await systemTransaction(async (db) => {
    await db.user.create({ data: { id: userId, email, name, passwordHash: hash, locale: "es" } });
    await db.member.create({ data: { id: memberId, tenantId, userId, role, name, email } });
  });
  return { ctx: { tenantId, actor: { kind: "member", memberId, userId, role, name } }, userId, email };
}

/** A business with its owner. */
export async function aTenant(given: { name?: string; country?: string; timeZone?: string } = {}) {
  const tenantId = newId("tenant");
  const name = given.name ?? "Peluquería Luz";
  await systemTransaction(async (db) => {
    await db.tenant.create({
      data: {
        id: tenantId,
        slug: `luz-${tenantId.slice(-8)}`,
        name,
        country: given.country ?? "PE",
        currency: "PEN",
        timeZone: given.timeZone ?? "America/Lima",
        locale: "es",
      },
    });
    await db.tenantSequence.create({ data: { tenantId } });
  });
  const owner = await aMember(tenantId, "owner");
  return { ...owner, tenantId: asId("tenant", tenantId), name };
}
