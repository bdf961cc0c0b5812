import type { Ctx } from "#lib/domain/context.ts";
import type { TenantId } from "#lib/kernel/ids.ts";

/** The worker acting for the tenant that a job, a webhook's channel or an event row names. */
export function systemContext(tenantId: TenantId): Ctx {
  return { tenantId, actor: { kind: "system" } };
}
