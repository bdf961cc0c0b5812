import { presentChannel } from "#lib/domain/channels/present.ts";
import { getChannel } from "#lib/domain/channels/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "channels/[id]/qr", params: idParam("channel"), scope: "channels:read" },
  async ({ ctx, params }) => {
    const { status, qr } = presentChannel(await getChannel(ctx, params.id));
    return ok({ status, qr: qr ?? null });
  },
);
