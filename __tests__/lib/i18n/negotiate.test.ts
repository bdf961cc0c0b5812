import { expect, test } from "vitest";
import { negotiateLocale } from "#lib/i18n/negotiate.ts";

test.each([
  ["en", "pt-BR", "en"],
  ["xx", "pt-BR", "pt-BR"],
  [undefined, "pt-PT,pt;q=0.9,en;q=0.8", "pt-BR"],
  [undefined, "fr-FR,fr;q=0.9,en;q=0.3", "en"],
  [undefined, "en;q=0.4,es-PE;q=0.8", "es"],
  [undefined, "en;q=0,de", "es"],
  [undefined, "de-DE", "es"],
  [undefined, null, "es"],
])("cookie %s and header %s speak %s", (cookie, header, expected) => {
  expect(negotiateLocale(cookie, header)).toBe(expected);
});
