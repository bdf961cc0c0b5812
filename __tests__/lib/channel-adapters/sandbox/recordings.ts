import { readFileSync } from "node:fs";
import { z } from "zod";

const FOLDER = new URL("../../../fixtures/evolution/responses/", import.meta.url);

const Index = z.object({ files: z.array(z.object({ file: z.string() }).loose()) });
const Recording = z.object({
  name: z.string(),
  integration: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().optional(),
  }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});
export type Recording = z.infer<typeof Recording>;

export function recordings(): Recording[] {
  const index = Index.parse(JSON.parse(readFileSync(new URL("index.json", FOLDER), "utf8")));
  return index.files.map(({ file }) =>
    Recording.parse(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isByteMap(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
}

/**
 * The shape of a body: keys and kinds of values all the way down, lists by their first entry. Bytes are one kind,
 * and null fits every kind, since it depends on what the lab had at hand.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (isObject(value)) {
    if (isByteMap(value)) return "bytes";
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shapeOf(field)]));
  }
  return value === null ? null : typeof value;
}

/** Where two shapes differ, in words; an empty list when they are the same. */
export function differences(ours: unknown, theirs: unknown, path = "body"): string[] {
  if (ours === null || theirs === null) return [];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (theirs.length === 0) return [];
    if (ours.length === 0) return [`${path} is empty`];
    return differences(ours[0], theirs[0], `${path}[0]`);
  }
  if (isObject(ours) && isObject(theirs)) {
    const missing = Object.keys(theirs).filter((key) => !(key in ours));
    const added = Object.keys(ours).filter((key) => !(key in theirs));
    const inside = Object.keys(theirs)
      .filter((key) => key in ours)
      .flatMap((key) => differences(ours[key], theirs[key], `${path}.${key}`));
    return [
      ...missing.map((key) => `${path}.${key} is missing`),
      ...added.map((key) => `${path}.${key} is too much`),
      ...inside,
    ];
  }
  return ours === theirs ? [] : [`${path} is ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`];
}
