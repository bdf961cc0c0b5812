import { AppError } from "#lib/kernel/errors.ts";
import type { RequestAuth } from "./request-context.ts";

/** Who is logged in, where, and where else they could be. */
export function presentMe(auth: RequestAuth) {
  if (auth.kind !== "session") throw new AppError("forbidden");
  const { user, memberships } = auth.signedIn;
  const { memberId, role, tenant } = auth.membership;
  const tenants = memberships.map(({ tenant: { id, slug, name } }) => ({ id, slug, name }));
  return { user, tenant, member: { id: memberId, role }, tenants };
}
