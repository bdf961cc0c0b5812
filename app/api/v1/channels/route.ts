import { createChannel } from "#lib/domain/channels/create-channel.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import { CreateChannel } from "#lib/domain/channels/schema.ts";
import { created, ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "channels", scope: "channels:read" }, async ({ ctx }) =>
  ok({ data: await listChannels(ctx), next: null }),
);

export const POST = route(
  { name: "channels", body: CreateChannel, role: "admin", scope: "channels:write", idempotent: true },
  async ({ ctx, body }) => created(presentChannel(await createChannel(ctx, body))),
);
