import { updatePacing } from "#lib/domain/channels/update-pacing.ts";
import { getPacing } from "#lib/domain/pacing/queries.ts";
import { UpdatePacing } from "#lib/domain/pacing/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

const params = idParam("channel");

export const GET = route(
  { name: "channels/[id]/pacing", params, role: "admin", scope: "channels:read" },
  async ({ ctx, params }) => ok(await getPacing(ctx, params.id)),
);

export const PATCH = route(
  { name: "channels/[id]/pacing", params, body: UpdatePacing, role: "admin", scope: "channels:write" },
  async ({ ctx, params, body }) => ok(await updatePacing(ctx, params.id, body)),
);
