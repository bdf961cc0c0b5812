import { presentChannel } from "#lib/domain/channels/present.ts";
import { restartChannel } from "#lib/domain/channels/restart-channel.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "channels/[id]/restart", params: idParam("channel"), role: "admin", scope: "channels:write" },
  async ({ ctx, params }) => ok(presentChannel(await restartChannel(ctx, params.id))),
);
