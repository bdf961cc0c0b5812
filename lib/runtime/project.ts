import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder the product lives in. Its processes all work there, wherever they were started. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

export function fromRoot(...parts: string[]): string {
  return path.join(ROOT, ...parts);
}

export function productVersion(): string {
  const text: unknown = JSON.parse(readFileSync(fromRoot("package.json"), "utf8"));
  const version = typeof text === "object" && text !== null && "version" in text ? text.version : undefined;
  return typeof version === "string" ? version : "unknown";
}
