import { countInboundEvents } from "#lib/domain/inbound-events/queries.ts";
import { CountInboundEvents } from "#lib/domain/inbound-events/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "events/count", query: CountInboundEvents, role: "admin", scope: "events:read" },
  async ({ ctx, query }) => ok(await countInboundEvents(ctx, query)),
);
