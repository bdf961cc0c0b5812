import { disconnectChannel } from "#lib/domain/channels/disconnect-channel.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "channels/[id]/disconnect", params: idParam("channel"), role: "admin", scope: "channels:write" },
  async ({ ctx, params }) => ok(presentChannel(await disconnectChannel(ctx, params.id))),
);
