import { asId } from "#lib/kernel/ids.ts";
import type { Tenant } from "#prisma/generated/client.ts";
import type { TenantSettings, TenantView } from "./schema.ts";

export function presentTenant(tenant: Tenant): TenantView {
  const { id, slug, name, country, currency, timeZone, locale, createdAt } = tenant;
  return {
    id: asId("tenant", id),
    slug,
    name,
    country,
    currency,
    timeZone,
    locale,
    createdAt: createdAt.toISOString(),
  };
}

export function presentTenantSettings(tenant: Tenant): TenantSettings {
  return { ...presentTenant(tenant), eventRetentionDays: tenant.eventRetentionDays };
}
