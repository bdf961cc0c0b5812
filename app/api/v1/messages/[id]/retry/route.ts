import { presentMessage } from "#lib/domain/messages/present.ts";
import { retryMessage } from "#lib/domain/messages/retry-message.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "messages/[id]/retry", params: idParam("message"), scope: "messages:write" },
  async ({ ctx, params }) => ok(presentMessage(await retryMessage(ctx, params.id))),
);
