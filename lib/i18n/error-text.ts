import type { ErrorCode } from "#lib/kernel/errors.ts";
import type { Locale } from "./locales.ts";
import en from "./messages/en/errors.json" with { type: "json" };
import es from "./messages/es/errors.json" with { type: "json" };
import ptBR from "./messages/pt-BR/errors.json" with { type: "json" };

export type ErrorText = { title: string; detail: string; action: string };

const TEXTS: Record<Locale, Partial<Record<string, ErrorText>>> = { es, en, "pt-BR": ptBR };

/** What happened, why, and what to do, for API answers; pages translate by themselves. */
export function errorText(code: ErrorCode, locale: Locale): ErrorText {
  return TEXTS[locale][code] ?? { title: code, detail: code, action: "" };
}
