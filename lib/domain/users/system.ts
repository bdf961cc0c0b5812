import { type Db, systemTransaction } from "#lib/db/client.ts";
import { DEFAULT_LOCALE, LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, newId, type UserId } from "#lib/kernel/ids.ts";
import { assertStrongPassword, hashPassword, verifyPassword } from "./password.ts";
import { presentUser } from "./present.ts";
import type { ChangePassword, UpdateProfile, UserView } from "./schema.ts";

// People log in before there is a tenant: these are system functions.

/** Verified against when the e-mail is unknown, so that the answer takes as long either way. */
let decoyHash: Promise<string> | undefined;

/** The person and the epoch their session carries. */
export async function logIn(
  email: string,
  password: string,
): Promise<{ user: UserView; sessionEpoch: number }> {
  const row = await systemTransaction((db) =>
    db.user.findUnique({ where: { email: email.trim().toLowerCase() } }),
  );
  decoyHash ??= hashPassword("decoy-of-an-unknown-person");
  const matches = await verifyPassword(row?.passwordHash ?? (await decoyHash), password);
  if (!row || !matches) throw new AppError("wrong_credentials");
  return { user: presentUser(row), sessionEpoch: row.sessionEpoch };
}

/** Ends every other session of the person; returns the epoch of the sessions that stay good. */
export async function changePassword(userId: UserId, input: ChangePassword): Promise<number> {
  const user = await systemTransaction((db) => db.user.findUniqueOrThrow({ where: { id: userId } }));
  if (!(await verifyPassword(user.passwordHash, input.currentPassword))) {
    const field = {
      path: "currentPassword",
      code: "wrong_credentials",
      message: "is not the current password",
    };
    throw new AppError("invalid_input", { fields: [field] });
  }
  assertStrongPassword(input.newPassword, [user.email, user.name], "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  return systemTransaction(async (db) => {
    const data = { passwordHash, sessionEpoch: { increment: 1 } };
    const { sessionEpoch } = await db.user.update({
      where: { id: userId },
      data,
      select: { sessionEpoch: true },
    });
    await auditEverywhere(db, userId, "user.password_changed");
    return sessionEpoch;
  });
}

export async function updateProfile(userId: UserId, input: UpdateProfile): Promise<UserView> {
  return systemTransaction(async (db) => {
    const data = {
      ...(input.name !== undefined && { name: input.name }),
      ...(input.locale !== undefined && { locale: input.locale }),
      ...(input.theme !== undefined && { theme: input.theme }),
    };
    const user = await db.user.update({ where: { id: userId }, data });
    if (input.name !== undefined)
      await db.member.updateMany({ where: { userId }, data: { name: input.name } });
    return presentUser(user);
  });
}

/** The language each of these people reads. */
export async function localesOf(userIds: readonly string[]): Promise<Map<string, Locale>> {
  const rows = await systemTransaction((db) =>
    db.user.findMany({ where: { id: { in: [...userIds] } }, select: { id: true, locale: true } }),
  );
  return new Map(
    rows.map(({ id, locale }) => [id, LOCALES.find((known) => known === locale) ?? DEFAULT_LOCALE]),
  );
}

async function auditEverywhere(db: Db, userId: UserId, action: string): Promise<void> {
  const members = await db.member.findMany({ where: { userId }, select: { id: true, tenantId: true } });
  await db.auditLog.createMany({
    data: members.map(({ id, tenantId }) => ({
      id: newId("audit"),
      tenantId: asId("tenant", tenantId),
      actorKind: "member",
      actorId: id,
      action,
      targetId: userId,
    })),
  });
}
