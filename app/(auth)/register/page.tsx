import { getCountries } from "libphonenumber-js/min";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { RegisterForm } from "#components/auth/register-form.tsx";
import { pageUser } from "#lib/auth/page-context.ts";
import { countryOfTimeZone } from "#lib/domain/tenants/country-defaults.ts";
import { countryName } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("register.title") };
}

export default async function RegisterPage() {
  if (await pageUser()) redirect("/");
  const [t, locale] = await Promise.all([getTranslations("auth"), getLocale()]);
  return (
    <>
      <h1 className="text-balance font-semibold text-display">{t("register.title")}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t("register.lead")}</p>
      <RegisterForm countries={countriesIn(locale)} countryOfZone={countryOfZone()} />
    </>
  );
}

/** Every country by its name, in the order of the language. */
function countriesIn(locale: Locale) {
  return getCountries()
    .map((code) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

/** The browser knows its zone only; which country keeps it, we know. */
function countryOfZone(): Record<string, string> {
  const pairs = Intl.supportedValuesOf("timeZone").flatMap((zone) => {
    const country = countryOfTimeZone(zone);
    return country ? [[zone, country]] : [];
  });
  return Object.fromEntries(pairs);
}
