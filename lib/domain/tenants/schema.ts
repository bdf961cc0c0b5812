import { z } from "zod";
import { ChannelView } from "#lib/domain/channels/schema.ts";
import { RETENTION_DAYS_MAX, RETENTION_DAYS_MIN } from "#lib/domain/inbound-events/schema.ts";
import { Email, Password, PersonName, UserView } from "#lib/domain/users/schema.ts";
import { LOCALES } from "#lib/i18n/locales.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

export const TimeZone = z.string().refine((zone) => isTimeZone(zone), { error: "must be an IANA time zone" });

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const Country = z.string().regex(/^[A-Z]{2}$/, { error: "must be an ISO 3166 country code" });

/** POST /api/v1/register. What is left out is guessed from the country, and the country from the zone. */
export const Register = z.strictObject({
  businessName: storableText().trim().min(1).max(120),
  name: PersonName,
  email: Email,
  password: Password,
  country: Country.optional(),
  timeZone: TimeZone.optional(),
  locale: z.enum(LOCALES).optional(),
});
export type Register = z.infer<typeof Register>;

export const TenantView = z.object({
  id: idSchema("tenant"),
  slug: z.string(),
  name: z.string(),
  country: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  createdAt: Moment,
});
export type TenantView = z.infer<typeof TenantView>;

/** What a business decides about itself, beside what every page shows. */
export const TenantSettings = TenantView.extend({
  /** How long raw events are kept. */
  eventRetentionDays: z.number().int(),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

export const UpdateTenant = z.strictObject({
  eventRetentionDays: z.number().int().min(RETENTION_DAYS_MIN).max(RETENTION_DAYS_MAX),
});
export type UpdateTenant = z.infer<typeof UpdateTenant>;

export const Registered = z.object({ tenant: TenantView, user: UserView, channel: ChannelView });
export type Registered = z.infer<typeof Registered>;
