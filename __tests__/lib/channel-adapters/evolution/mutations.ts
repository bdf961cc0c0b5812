export type Path = (string | number)[];

/** Every place inside a payload; of byte maps and long lists the first few stand for all. */
export function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value)
    .slice(0, 12)
    .flatMap(([key, child]) => places(child, [...path, Array.isArray(value) ? Number(key) : key]));
  return [path, ...inner];
}

export function change(
  root: unknown,
  path: Path,
  put: (parent: object, key: string | number) => void,
): unknown {
  const copy: unknown = structuredClone(root);
  const key = path.at(-1);
  if (key === undefined) return copy;
  let parent: unknown = copy;
  for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
  if (typeof parent === "object" && parent !== null) put(parent, key);
  return copy;
}

const nested = (depth: number): unknown => {
  let value: unknown = "x";
  for (let level = 0; level < depth; level++)
    value = { message: value, ephemeralMessage: { message: value } };
  return value;
};
const HUGE_TEXT = "9".repeat(300_000);
const HUGE_LIST = Array.from({ length: 50_000 }, (_, index) => index);
/** What a field may be instead: nothing, of another type, hostile, huge. */
export const WRONG: unknown[] = [
  null,
  undefined,
  true,
  -1,
  Number.NaN,
  Number.MAX_VALUE,
  "",
  "x",
  "__proto__",
  "\0",
  "a\0b\ud800c",
  HUGE_TEXT,
  [],
  [null],
  [[[]]],
  HUGE_LIST,
  {},
  { low: 1 },
  { low: Number.NaN, high: Number.POSITIVE_INFINITY },
  { message: null },
  nested(18),
];
