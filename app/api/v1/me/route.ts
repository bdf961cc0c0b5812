import { presentMe } from "#lib/auth/present-me.ts";
import { UpdateProfile } from "#lib/domain/users/schema.ts";
import { updateProfile } from "#lib/domain/users/system.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "me", scope: "none" }, async ({ auth }) => ok(presentMe(auth)));

export const PATCH = route({ name: "me", body: UpdateProfile, scope: "none" }, async ({ auth, body }) => {
  const me = presentMe(auth);
  return ok({ ...me, user: await updateProfile(me.user.id, body) });
});
