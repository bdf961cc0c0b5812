import { listMerges } from "#lib/domain/contacts/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";

export const GET = route(
  { name: "contacts/[id]/merges", params: idParam("contact"), query: PageQuery, scope: "contacts:read" },
  async ({ ctx, params, query }) => ok(await listMerges(ctx, params.id, query)),
);
