import { connectChannel } from "#lib/domain/channels/connect-channel.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { ConnectChannel } from "#lib/domain/channels/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  {
    name: "channels/[id]/connect",
    params: idParam("channel"),
    body: ConnectChannel,
    role: "admin",
    scope: "channels:write",
  },
  async ({ ctx, params, body }) => ok(presentChannel(await connectChannel(ctx, params.id, body))),
);
