import { LOCALE_COOKIE } from "#lib/i18n/negotiate.ts";
import { THEME_COOKIE, type Theme } from "./theme.ts";

const YEAR_S = 31_536_000;

/** The server reads it with the next request: refresh the page to see the other language. */
export function rememberLocale(locale: string): void {
  remember(LOCALE_COOKIE, locale);
}

/** Shown at once, and by the server from the next request on. */
export function applyTheme(theme: Theme): void {
  remember(THEME_COOKIE, theme);
  const { classList } = document.documentElement;
  classList.remove("light", "dark");
  if (theme !== "system") classList.add(theme);
}

function remember(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari before 18.4
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
}
