/** The interface's languages; Spanish is the first. */
export const LOCALES = ["es", "en", "pt-BR"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "es";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
