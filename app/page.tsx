import { redirect } from "next/navigation";
import { pageUser } from "#lib/auth/page-context.ts";

/** The front door: into the inbox, or to the log-in. */
export default async function FrontDoor() {
  const signedIn = await pageUser();
  const first = signedIn?.memberships[0];
  redirect(first ? `/${first.tenant.slug}/inbox` : "/login");
}
