import { clientAddress } from "#lib/auth/client-address.ts";
import { limitRate } from "#lib/auth/rate-limit.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { Register } from "#lib/domain/tenants/schema.ts";
import { created, publicRoute } from "#lib/http/route.ts";

export const POST = publicRoute({ name: "register", body: Register }, async ({ body, request }) => {
  await limitRate("register", clientAddress(request.headers));
  return created(await registerTenant(body));
});
