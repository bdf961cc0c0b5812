import { listInboundEvents } from "#lib/domain/inbound-events/queries.ts";
import { ListInboundEvents } from "#lib/domain/inbound-events/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "events", query: ListInboundEvents, role: "admin", scope: "events:read" },
  async ({ ctx, query }) => ok(await listInboundEvents(ctx, query)),
);
