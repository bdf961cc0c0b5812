import { assertMayJoin } from "#lib/auth/channel-access.ts";
import { authenticate } from "#lib/auth/request-context.ts";
import { assertSameOrigin } from "#lib/http/origin.ts";
import { problem, toAppError } from "#lib/http/problem.ts";
import { readSubscription } from "#lib/http/realtime-form.ts";
import { pusher } from "#lib/realtime/publish.ts";

/** pusher-js posts a form here for each private channel; 200 with a signature, or 4xx. */
export async function POST(request: Request): Promise<Response> {
  try {
    assertSameOrigin(request);
    const auth = await authenticate(request);
    const { socketId, channelName } = await readSubscription(request);
    const member = await assertMayJoin(auth, channelName);
    return Response.json(
      member
        ? pusher().authorizeChannel(socketId, channelName, member)
        : pusher().authorizeChannel(socketId, channelName),
    );
  } catch (error) {
    return problem(toAppError(error), request);
  }
}
