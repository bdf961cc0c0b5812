import { getTenantSettings } from "#lib/domain/tenants/queries.ts";
import { UpdateTenant } from "#lib/domain/tenants/schema.ts";
import { updateTenant } from "#lib/domain/tenants/update-tenant.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "tenant", scope: "any" }, async ({ ctx }) =>
  ok(await getTenantSettings(ctx)),
);

export const PATCH = route(
  { name: "tenant", body: UpdateTenant, role: "admin", scope: "none" },
  async ({ ctx, body }) => ok(await updateTenant(ctx, body)),
);
