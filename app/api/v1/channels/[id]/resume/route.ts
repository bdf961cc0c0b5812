import { resumeSending } from "#lib/domain/channels/resume-sending.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "channels/[id]/resume", params: idParam("channel"), role: "admin", scope: "channels:write" },
  async ({ ctx, params }) => ok(await resumeSending(ctx, params.id)),
);
