import { getPicture } from "#lib/domain/contacts/queries.ts";
import { idParam } from "#lib/http/params.ts";
import { pictureResponse } from "#lib/http/picture-response.ts";
import { route } from "#lib/http/route.ts";

export const GET = route(
  { name: "contacts/[id]/picture", params: idParam("contact"), scope: "contacts:read" },
  async ({ ctx, params }) => pictureResponse(ctx, await getPicture(ctx, params.id)),
);
