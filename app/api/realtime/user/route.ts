import { presentMe } from "#lib/auth/present-me.ts";
import { authenticate } from "#lib/auth/request-context.ts";
import { assertSameOrigin } from "#lib/http/origin.ts";
import { readSignIn } from "#lib/http/realtime-form.ts";
import { plainRoute } from "#lib/http/route.ts";
import { pusher } from "#lib/realtime/publish.ts";

/** Signs a browser in as its person, so that all its sockets can be ended at once. */
export const POST = plainRoute("realtime/user", async (request) => {
  assertSameOrigin(request);
  const { user } = presentMe(await authenticate(request));
  const { socketId } = await readSignIn(request);
  return Response.json(pusher().authenticateUser(socketId, { id: user.id, user_info: { name: user.name } }));
});
