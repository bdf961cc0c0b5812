import { presentMedia } from "#lib/domain/media/present.ts";
import { retryMedia } from "#lib/domain/media/retry-media.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "media/[id]/retry", params: idParam("media"), scope: "messages:write" },
  async ({ ctx, params }) => ok(presentMedia(await retryMedia(ctx, params.id))),
);
