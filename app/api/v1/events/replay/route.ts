import { replayInboundEvents } from "#lib/domain/inbound-events/replay-inbound-event.ts";
import { ReplayInboundEvents } from "#lib/domain/inbound-events/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "events/replay", body: ReplayInboundEvents, role: "admin", scope: "events:write" },
  async ({ ctx, body }) => ok(await replayInboundEvents(ctx, body)),
);
