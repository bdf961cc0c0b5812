import { getMessage } from "#lib/domain/messages/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "messages/[id]", params: idParam("message"), scope: "messages:read" },
  async ({ ctx, params }) => ok(await getMessage(ctx, params.id)),
);
