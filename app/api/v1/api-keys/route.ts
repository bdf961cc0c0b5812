import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import { listApiKeys } from "#lib/domain/api-keys/queries.ts";
import { CreateApiKey } from "#lib/domain/api-keys/schema.ts";
import { created, ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "api-keys", role: "admin", scope: "none" }, async ({ ctx }) =>
  ok({ data: await listApiKeys(ctx), next: null }),
);

// Not idempotent: the remembered answer would keep the key in the clear.
export const POST = route(
  { name: "api-keys", body: CreateApiKey, role: "admin", scope: "none" },
  async ({ ctx, body }) => created(await createApiKey(ctx, body)),
);
