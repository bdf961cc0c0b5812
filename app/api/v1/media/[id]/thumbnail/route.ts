import { openThumbnail } from "#lib/domain/media/open-media.ts";
import { ServeThumbnail } from "#lib/domain/media/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { route } from "#lib/http/route.ts";
import { serveFile } from "#lib/http/serve-file.ts";

export const GET = route(
  { name: "media/[id]/thumbnail", params: idParam("media"), query: ServeThumbnail, scope: "messages:read" },
  async ({ ctx, params, request }) => serveFile(request, await openThumbnail(ctx, params.id)),
);

export const HEAD = GET;
