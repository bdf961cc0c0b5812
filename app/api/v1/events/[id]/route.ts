import { getInboundEvent } from "#lib/domain/inbound-events/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "events/[id]", params: idParam("inboundEvent"), role: "admin", scope: "events:read" },
  async ({ ctx, params }) => ok(await getInboundEvent(ctx, params.id)),
);
