import { z } from "zod";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { UserView } from "#lib/domain/users/schema.ts";
import { Email, Password, PersonName } from "#lib/domain/users/schema.ts";
import { LOCALES } from "#lib/i18n/locales.ts";
import type { TenantId } from "#lib/kernel/ids.ts";

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
  businessName: z.string().trim().min(1).max(120),
  name: PersonName,
  email: Email,
  password: Password,
  country: Country.optional(),
  timeZone: TimeZone.optional(),
  locale: z.enum(LOCALES).optional(),
});
export type Register = z.infer<typeof Register>;

export type TenantView = {
  id: TenantId;
  slug: string;
  name: string;
  country: string;
  currency: string;
  timeZone: string;
  locale: string;
  createdAt: string;
};

export type Registered = { tenant: TenantView; user: UserView; channel: ChannelView };
