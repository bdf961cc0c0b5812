import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { MESSAGES } from "./messages.ts";
import { LOCALE_COOKIE, negotiateLocale } from "./negotiate.ts";

/** next-intl's view of one request. Dates never use this time zone: lib/i18n/format.ts takes the tenant's. */
export default getRequestConfig(async () => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const locale = negotiateLocale(jar.get(LOCALE_COOKIE)?.value, sent.get("accept-language"));
  return { locale, messages: MESSAGES[locale], timeZone: "UTC" };
});
