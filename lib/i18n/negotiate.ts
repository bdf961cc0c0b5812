import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from "./locales.ts";

/** Remembers the language in this browser: also for people who are not logged in. */
export const LOCALE_COOKIE = "recado-locale";

/** The cookie wins; then the best language of Accept-Language that we speak; then Spanish. */
export function negotiateLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  for (const tag of byQuality(acceptLanguage ?? "")) {
    const language = tag.split("-")[0];
    const spoken = LOCALES.find((locale) => locale.split("-")[0]?.toLowerCase() === language);
    if (spoken) return spoken;
  }
  return DEFAULT_LOCALE;
}

function byQuality(header: string): string[] {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      return { tag: tag.trim(), q: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ tag, q }) => tag !== "" && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}
