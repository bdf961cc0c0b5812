import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Names in the one place that reads the environment. */
const known = [...readFileSync("lib/kernel/env.ts", "utf8").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
  ([, name]) => name,
);

describe("environment variables", () => {
  test("are all listed in .env.example with a comment above, and no others", () => {
    const paragraphs = readFileSync(".env.example", "utf8").split(/\n\s*\n/);
    const names = (text: string) => [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    const explained = (text: string) => /^# (?!-)(?![A-Z][A-Z0-9_]+=)/m.test(text);
    expect(paragraphs.flatMap(names).toSorted()).toEqual(known.toSorted());
    expect(paragraphs.filter((text) => !explained(text)).flatMap(names)).toEqual([]);
  });

  test("are read in the kernel, by the processes' own files and by tool settings only", () => {
    const allowed =
      /^(lib\/kernel\/env\.ts|lib\/runtime\/.*|next\.config\.js|prisma\.config\.ts|vitest\.config\.ts|bench\/(stage|run)\.ts|__tests__\/.*|\.ci\/.*)$/;
    const readers = globSync("{app,components,lib,prisma,bench,.ci,__tests__}/**/*.{ts,tsx,js}")
      .concat(globSync("*.{ts,js}"))
      .filter((file) => !file.startsWith("prisma/generated/"))
      .filter((file) => /\bprocess\.env\b/.test(readFileSync(file, "utf8")));
    expect(readers.filter((file) => !allowed.test(file))).toEqual([]);
  });

  test("that compose.yaml sets for the product exist", () => {
    const service = /^ {2}recado:\n([\s\S]*?)^ {2}\w/m.exec(readFileSync("compose.yaml", "utf8"))?.[1] ?? "";
    const block = /^ {4}environment:\n((?: {6}.*\n)+)/m.exec(service)?.[1] ?? "";
    const names = [...block.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(names).toContain("DATABASE_URL");
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});
