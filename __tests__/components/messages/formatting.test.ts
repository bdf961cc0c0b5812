import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  collapsePoint,
  parseFormatting,
  plainPreview,
  type TextPart,
} from "#components/messages/formatting.ts";

/** The parts as one string: <b>…</b> and so on. */
function shown(parts: readonly TextPart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "mono") return `<m>${part.text}</m>`;
      if (part.kind === "link") return `<a>${part.href}</a>`;
      return `<${part.kind}>${shown(part.parts)}</${part.kind}>`;
    })
    .join("");
}

describe("parseFormatting", () => {
  test.each([
    ["hola *Ana*", "hola <bold>Ana</bold>"],
    ["_uno_ ~dos~", "<italic>uno</italic> <strike>dos</strike>"],
    ["*_ambos_*", "<bold><italic>ambos</italic></bold>"],
    ["(*oferta*)", "(<bold>oferta</bold>)"],
    ["*a b*, c", "<bold>a b</bold>, c"],
    ["2*3*4 y snake_case_name", "2*3*4 y snake_case_name"],
    ["* lista * no", "* lista * no"],
    ["*abierto", "*abierto"],
    ["*dos\nlíneas*", "*dos\nlíneas*"],
    ["**", "**"],
    ["***", "***"],
    ["```let a = *b*```", "<m>let a = *b*</m>"],
    ["`x_y_z` fin", "<m>x_y_z</m> fin"],
    ["a ```sin fin", "a ```sin fin"],
    ["*Señor Ñandú* 👋", "<bold>Señor Ñandú</bold> 👋"],
    ["*مرحبا* بك", "<bold>مرحبا</bold> بك"],
  ])("%j", (text, expected) => {
    expect(shown(parseFormatting(text))).toBe(expected);
  });

  test.each([
    ["ver https://recado.test/a_b_c.", "ver <a>https://recado.test/a_b_c</a>."],
    ["(https://es.wikipedia.org/wiki/A_(b))", "(<a>https://es.wikipedia.org/wiki/A_(b)</a>)"],
    ["(mira https://a.test/x)", "(mira <a>https://a.test/x</a>)"],
    ["javascript:alert(1)", "javascript:alert(1)"],
    ["https://banco.test@malo.test/", "https://banco.test@malo.test/"],
    ["https://", "https://"],
    ["*https://a.test*", "<bold><a>https://a.test</a></bold>"],
  ])("%j", (text, expected) => {
    expect(shown(parseFormatting(text))).toBe(expected);
  });

  test("loses no character but the marks, whatever is written", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "*", "_", "~", "`", "\n", "😀", ".") }),
        (text) => {
          const letters = (value: string) => value.replace(/[*_~`]/gu, "");
          const plain = (parts: readonly TextPart[]): string =>
            parts.map((part) => ("parts" in part ? plain(part.parts) : part.text)).join("");
          expect(letters(plain(parseFormatting(text)))).toBe(letters(text));
        },
      ),
    );
  });

  test("the longest text full of open marks takes no noticeable time", () => {
    const started = performance.now();
    parseFormatting("*a _b ~c `d ".repeat(5_400));
    parseFormatting("*".repeat(65_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test("a long text is cut between words and never inside a character", () => {
  expect(collapsePoint("corto")).toBeNull();
  expect(collapsePoint("línea\n".repeat(1_000))).toBe("línea\n".repeat(18).length - 1);
  const words = "palabra ".repeat(400);
  expect(words[collapsePoint(words) ?? 0]).toBe(" ");
  const emoji = "😀".repeat(900);
  const cut = collapsePoint(emoji, 1_201) ?? 0;
  expect(() => encodeURIComponent(emoji.slice(0, cut))).not.toThrow();
});

test("a preview is one line without marks", () => {
  expect(plainPreview("*Hola*\n\n  _qué_ tal")).toBe("Hola qué tal");
});
