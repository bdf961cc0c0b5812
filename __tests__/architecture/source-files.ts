import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The product's own files and what each imports, read with a plain look at the import lines. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

export type Import = { to: string; typeOnly: boolean };
export type SourceFile = { path: string; text: string; imports: Import[] };

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx)$/.test(name) && !name.endsWith(".d.ts") && !name.startsWith("generated/"))
    .map((name) => path.posix.join(folder, name));
}

/** Ours as a path from the root; packages keep their name. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(from), specifier) : specifier;
}

function importsOf(file: string, text: string): Import[] {
  const still = [...text.matchAll(IMPORT)].map(([line, typeOnly, specifier = ""]) => ({
    to: target(file, specifier),
    typeOnly: typeOnly !== undefined || isAllTypes(line),
  }));
  const late = [...text.matchAll(DYNAMIC)].map(([, specifier = ""]) => ({
    to: target(file, specifier),
    typeOnly: false,
  }));
  return [...still, ...late];
}

/** `import { type A, type B } from "x"` leaves nothing at run time either. */
function isAllTypes(line: string): boolean {
  const names =
    /\{([^}]*)\}/
      .exec(line)?.[1]
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  const hasDefault = /^import\s+\w/.test(line) && !/^import\s+type\s/.test(line);
  return names.length > 0 && !hasDefault && names.every((name) => name.startsWith("type "));
}

export function readSources(...folders: string[]): SourceFile[] {
  return folders.flatMap(sourcesIn).map((file) => {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    return { path: file, text, imports: importsOf(file, text) };
  });
}

/** Rings of a graph, each as its nodes; empty when there is none (Tarjan's components). */
export function ringsOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const rings: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const ring = stack.splice(stack.indexOf(node));
    if (ring.length > 1 || graph.get(node)?.has(node)) rings.push(ring.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return rings;
}
