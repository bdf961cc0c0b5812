import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { memberContext, signedInUser } from "./request-context.ts";

/** The person behind a page, or null; asked once a request. */
export const pageUser = cache(async () => {
  const jar = await cookies();
  return signedInUser(
    jar.get("__Secure-next-auth.session-token")?.value ?? jar.get("next-auth.session-token")?.value,
  );
});

/** For pages of a workspace: without a session to the log-in, another tenant's slug is not found. */
export const pageContext = cache(async (tenantSlug: string) => {
  const signedIn = await pageUser();
  if (!signedIn) redirect(`/login?next=${encodeURIComponent(`/${tenantSlug}/inbox`)}`);
  const membership = signedIn.memberships.find(({ tenant }) => tenant.slug === tenantSlug);
  if (!membership) notFound();
  return {
    ctx: memberContext(signedIn, membership),
    user: signedIn.user,
    tenant: membership.tenant,
    member: { id: membership.memberId, role: membership.role, name: membership.name },
    tenants: signedIn.memberships.map(({ tenant: { id, slug, name } }) => ({ id, slug, name })),
  };
});
