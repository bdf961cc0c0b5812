import { assertMayJoin } from "#lib/auth/channel-access.ts";
import { authenticate } from "#lib/auth/request-context.ts";
import { assertSameOrigin } from "#lib/http/origin.ts";
import { readSubscription } from "#lib/http/realtime-form.ts";
import { plainRoute } from "#lib/http/route.ts";
import { pusher } from "#lib/realtime/publish.ts";

/** pusher-js posts a form here for each private channel; 200 with a signature, or 4xx. */
export const POST = plainRoute("realtime/auth", async (request) => {
  assertSameOrigin(request);
  const auth = await authenticate(request);
  const { socketId, channelName } = await readSubscription(request);
  const member = await assertMayJoin(auth, channelName);
  return Response.json(
    member
      ? pusher().authorizeChannel(socketId, channelName, member)
      : pusher().authorizeChannel(socketId, channelName),
  );
});
