import { deleteChannel } from "#lib/domain/channels/delete-channel.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { getChannel } from "#lib/domain/channels/queries.ts";
import { renameChannel } from "#lib/domain/channels/rename-channel.ts";
import { UpdateChannel } from "#lib/domain/channels/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { noContent, ok, route } from "#lib/http/route.ts";

const params = idParam("channel");

export const GET = route({ name: "channels/[id]", params, scope: "channels:read" }, async ({ ctx, params }) =>
  ok(presentChannel(await getChannel(ctx, params.id))),
);

export const PATCH = route(
  { name: "channels/[id]", params, body: UpdateChannel, role: "admin", scope: "channels:write" },
  async ({ ctx, params, body }) => ok(presentChannel(await renameChannel(ctx, params.id, body))),
);

export const DELETE = route(
  { name: "channels/[id]", params, role: "admin", scope: "channels:write" },
  async ({ ctx, params }) => {
    await deleteChannel(ctx, params.id);
    return noContent();
  },
);
