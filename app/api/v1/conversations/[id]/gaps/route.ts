import { listGaps } from "#lib/domain/gaps/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "conversations/[id]/gaps", params: idParam("conversation"), scope: "messages:read" },
  async ({ ctx, params }) => ok({ data: await listGaps(ctx, params.id), next: null }),
);
