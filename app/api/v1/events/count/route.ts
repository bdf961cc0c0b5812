import { countInboundEvents } from "#lib/domain/inbound-events/queries.ts";
import { InboundEventFilter } from "#lib/domain/inbound-events/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "events/count", query: InboundEventFilter, role: "admin", scope: "events:read" },
  async ({ ctx, query }) => ok(await countInboundEvents(ctx, query)),
);
