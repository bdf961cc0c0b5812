import type { UserView } from "#lib/domain/users/schema.ts";

/** Remembers the theme in this browser, so that the server can write it into the first paint. */
export const THEME_COOKIE = "recado-theme";

export type Theme = UserView["theme"];
export const THEMES = ["system", "light", "dark"] as const satisfies readonly Theme[];

export function themeFrom(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? "system";
}
