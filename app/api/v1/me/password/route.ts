import { presentMe } from "#lib/auth/present-me.ts";
import { limitRate } from "#lib/auth/rate-limit.ts";
import { renewSession } from "#lib/auth/session.ts";
import { ChangePassword } from "#lib/domain/users/schema.ts";
import { changePassword } from "#lib/domain/users/system.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "me/password", body: ChangePassword, scope: "none" },
  async ({ auth, body, request }) => {
    const { user } = presentMe(auth);
    await limitRate("change-password", user.id);
    const epoch = await changePassword(user.id, body);
    // All sessions end but the one that changed it.
    return renewSession(noContent(), request, user, epoch);
  },
);
