import { describe, expect, test } from "vitest";
import { LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import { ERRORS } from "#lib/kernel/errors.ts";

/** Words that English and Spanish share on purpose. */
const SHARED_WORDS = new Set([
  "Recado",
  "Video",
  "Sticker",
  "Audio",
  "Error",
  "No",
  "Chat",
  "WhatsApp",
  "Canal",
  "API",
]);

/** Without arguments, units and signs: what is left is words. */
const wordsOf = (text: string) => text.replaceAll(/\{[^}]*\}|\b(ms|s|min|h|KB|MB)\b|[^\p{L}\s]/gu, "").trim();

function flat(node: unknown, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  return Object.entries(node ?? {}).flatMap(([key, value]) => flat(value, path ? `${path}.${key}` : key));
}

const words = (locale: Locale) => new Map(flat(MESSAGES[locale]));

/** `{name}` and `{count, plural, …}` alike. */
const argumentsOf = (text: string) => new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name));

describe("the three languages", () => {
  for (const locale of LOCALES) {
    test(`${locale} has every error with title, detail and action`, () => {
      const said = words(locale);
      for (const code of Object.keys(ERRORS)) {
        for (const part of ["title", "detail", "action"]) {
          expect(said.get(`errors.${code}.${part}`), `errors.${code}.${part}`).toMatch(/\S/);
        }
      }
    });

    test(`${locale} says exactly what Spanish says, with the same arguments, and nothing empty`, () => {
      const [said, spanish] = [words(locale), words("es")];
      expect([...said.keys()].sort()).toEqual([...spanish.keys()].sort());
      for (const [key, text] of said) {
        expect(text.trim(), key).not.toBe("");
        expect(argumentsOf(text), key).toEqual(argumentsOf(spanish.get(key) ?? ""));
      }
    });

    test(`${locale} never shouts`, () => {
      const shouted = [...words(locale)].filter(([, text]) => /[!¡]/.test(text)).map(([key]) => key);
      expect(shouted).toEqual([]);
    });
  }

  test("no text was left untranslated in English", () => {
    const [spanish, english] = [words("es"), words("en")];
    const copied = [...english].filter(
      ([key, text]) =>
        // Examples in empty fields are people's names and addresses.
        !key.endsWith("Placeholder") &&
        // A language is called by its own name everywhere.
        !key.startsWith("common.languages.") &&
        text === spanish.get(key) &&
        wordsOf(text) !== "" &&
        !SHARED_WORDS.has(text),
    );
    expect(copied).toEqual([]);
  });
});
