import { replayInboundEvent } from "#lib/domain/inbound-events/replay-inbound-event.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "events/[id]/replay", params: idParam("inboundEvent"), role: "admin", scope: "events:write" },
  async ({ ctx, params }) => ok(await replayInboundEvent(ctx, params.id)),
);
