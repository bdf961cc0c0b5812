import { presentMe } from "#lib/auth/present-me.ts";
import { authenticate } from "#lib/auth/request-context.ts";
import { assertSameOrigin } from "#lib/http/origin.ts";
import { problem, toAppError } from "#lib/http/problem.ts";
import { readSignIn } from "#lib/http/realtime-form.ts";
import { pusher } from "#lib/realtime/publish.ts";

/** Signs a browser in as its person, so that all its sockets can be ended at once. */
export async function POST(request: Request): Promise<Response> {
  try {
    assertSameOrigin(request);
    const { user } = presentMe(await authenticate(request));
    const { socketId } = await readSignIn(request);
    return Response.json(
      pusher().authenticateUser(socketId, { id: user.id, user_info: { name: user.name } }),
    );
  } catch (error) {
    return problem(toAppError(error), request);
  }
}
