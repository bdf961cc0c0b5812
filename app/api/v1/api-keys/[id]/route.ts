import { revokeApiKey } from "#lib/domain/api-keys/revoke-api-key.ts";
import { idParam } from "#lib/http/params.ts";
import { noContent, route } from "#lib/http/route.ts";

export const DELETE = route(
  { name: "api-keys/[id]", params: idParam("apiKey"), role: "admin", scope: "none" },
  async ({ ctx, params }) => {
    await revokeApiKey(ctx, params.id);
    return noContent();
  },
);
