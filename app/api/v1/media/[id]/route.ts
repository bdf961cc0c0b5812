import { openMedia } from "#lib/domain/media/open-media.ts";
import { ServeMedia } from "#lib/domain/media/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { route } from "#lib/http/route.ts";
import { serveFile } from "#lib/http/serve-file.ts";

export const GET = route(
  { name: "media/[id]", params: idParam("media"), query: ServeMedia, scope: "messages:read" },
  async ({ ctx, params, query, request }) =>
    serveFile(request, await openMedia(ctx, params.id), { save: query.download === "1" }),
);

export const HEAD = GET;
