import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Attributes whose text people see or hear. */
const READ_ALOUD = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext"]);
const SEEN = new Set(["placeholder", "title", "alt", "label"]);

/** Two letters in a row are a word; one alone is a sign. */
const WORD = /\p{L}{2}/u;

/** Where words are data: names of codes and formats that are the same in every language. */
const NOT_WORDS = new Set(["Esc", "Recado"]);

type Node = { type: string; start: number; [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  if (!isNode(node)) return;
  see(node);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, see);
}

function nameOf(attribute: Node): string {
  const name = attribute.name;
  return isNode(name) && typeof name.name === "string" ? name.name : "";
}

/** The literal a reader would get: `"x"`, `{"x"}` and `` {`x`} ``. */
function literalIn(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Literal" && typeof value.value === "string") return value.value;
  if (value.type === "JSXExpressionContainer") return literalIn(value.expression);
  if (value.type === "ConditionalExpression")
    return literalIn(value.consequent) ?? literalIn(value.alternate);
  if (value.type === "LogicalExpression") return literalIn(value.right);
  if (value.type !== "TemplateLiteral" || !Array.isArray(value.quasis)) return undefined;
  return value.quasis.map((part) => part.value.cooked).join("");
}

/** Words in the file's JSX that no translation reaches. */
function visibleWords(source: string, file: string): string[] {
  const found: string[] = [];
  const note = (text: string | undefined) => {
    const words = text?.trim() ?? "";
    if (WORD.test(words) && !NOT_WORDS.has(words)) found.push(words);
  };
  visit(parseAst(source, { lang: "tsx" }, file), (node) => {
    if (node.type === "JSXText" && typeof node.value === "string") note(node.value);
    if (node.type === "JSXElement" && Array.isArray(node.children)) {
      for (const child of node.children) if (child.type === "JSXExpressionContainer") note(literalIn(child));
    }
    if (node.type === "JSXAttribute" && (READ_ALOUD.has(nameOf(node)) || SEEN.has(nameOf(node)))) {
      note(literalIn(node.value));
    }
  });
  return found;
}

const files = ["app", "components", "lib/browser"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => path.join(folder, name)),
);

test("the scan sees words wherever JSX can hold them", () => {
  const source = `const a = <p title="Hola mundo" className="flex gap-2">
    Texto {ok ? "otro" : t("key")} {\`plantilla \${x}\`} <input placeholder="Nombre" aria-label={cond && "Cerrar"} /> … ✓ ?
  </p>;`;
  expect(visibleWords(source, "probe.tsx").sort()).toEqual(
    ["Cerrar", "Hola mundo", "Nombre", "Texto", "otro", "plantilla"].sort(),
  );
});

test("every visible word goes through the translations", () => {
  expect(files.length).toBeGreaterThan(50);
  const hardCoded = files.flatMap((file) =>
    visibleWords(readFileSync(path.join(ROOT, file), "utf8"), file).map((words) => `${file}: ${words}`),
  );
  expect(hardCoded).toEqual([]);
});
