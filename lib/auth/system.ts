import { systemTransaction } from "#lib/db/client.ts";
import type { Role } from "#lib/domain/context.ts";
import { presentTenant } from "#lib/domain/tenants/present.ts";
import type { TenantView } from "#lib/domain/tenants/schema.ts";
import { presentUser } from "#lib/domain/users/present.ts";
import type { UserView } from "#lib/domain/users/schema.ts";
import { type ApiKeyId, asId, type MemberId, type TenantId } from "#lib/kernel/ids.ts";

// The questions that come before a tenant is known. Only lib/auth asks them.

export type Membership = { memberId: MemberId; role: Role; name: string; tenant: TenantView };
export type SignedInUser = { user: UserView; memberships: Membership[] };

/** The person of a session with all memberships, oldest first; null when the session no longer holds. */
export async function sessionUser(userId: string, epoch: number): Promise<SignedInUser | null> {
  return systemTransaction(async (db) => {
    const user = await db.user.findUnique({
      where: { id: userId },
      include: { members: { include: { tenant: true }, orderBy: { createdAt: "asc" } } },
    });
    if (!user || user.sessionEpoch !== epoch) return null;
    const memberships = user.members.map((member) => ({
      memberId: asId("member", member.id),
      role: member.role,
      name: member.name,
      tenant: presentTenant(member.tenant),
    }));
    return { user: presentUser(user), memberships };
  });
}

export type KeyOwner = { tenantId: TenantId; apiKeyId: ApiKeyId; name: string; scopes: string[] };

export async function apiKeyOwner(hash: string): Promise<KeyOwner | null> {
  return systemTransaction(async (db) => {
    const key = await db.apiKey.findUnique({ where: { hash } });
    if (!key || key.revokedAt) return null;
    const stale = !key.lastUsedAt || Date.now() - key.lastUsedAt.getTime() > 60_000;
    if (stale) await db.apiKey.update({ where: { id: key.id }, data: { lastUsedAt: new Date() } });
    return {
      tenantId: asId("tenant", key.tenantId),
      apiKeyId: asId("apiKey", key.id),
      name: key.name,
      scopes: key.scopes,
    };
  });
}
