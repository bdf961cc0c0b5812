import { listTimeline } from "#lib/domain/channels/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";

export const GET = route(
  { name: "channels/[id]/timeline", params: idParam("channel"), query: PageQuery, scope: "channels:read" },
  async ({ ctx, params, query }) => ok(await listTimeline(ctx, params.id, query)),
);
