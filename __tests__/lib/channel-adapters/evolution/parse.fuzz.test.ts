import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { webhook, webhookIndex } from "./fixtures.ts";

const { parse, routingKey, eventName } = evolutionAdapter;

/** Whatever it is given: an answer, in time, of things we can store. */
function survives(payload: unknown): void {
  const start = performance.now();
  const events = parse(payload);
  expect(events.length).toBeGreaterThan(0);
  expect(routingKey(payload).length).toBeLessThan(400);
  expect(eventName(payload).length).toBeLessThanOrEqual(64);
  for (const event of events) {
    if (event.type !== "message") continue;
    expect(event.message.externalId).not.toBe("");
    expect(event.message.chat.length).toBeGreaterThan(0);
    expect(Number.isNaN(event.message.sentAt.getTime())).toBe(false);
  }
  expect(JSON.stringify(events)).not.toMatch(/\\u0000|\\ud[89a-f]/);
  expect(performance.now() - start).toBeLessThan(2_000);
}

type Path = (string | number)[];

/** Every place inside a payload; of byte maps and long lists the first few stand for all. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value)
    .slice(0, 12)
    .flatMap(([key, child]) => places(child, [...path, Array.isArray(value) ? Number(key) : key]));
  return [path, ...inner];
}

function change(root: unknown, path: Path, put: (parent: object, key: string | number) => void): unknown {
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
const WRONG: unknown[] = [
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

describe("no payload can make the parser fail", () => {
  const recorded = webhookIndex.map(({ file }) => webhook(file));

  test("with any field missing", () => {
    for (const payload of recorded) {
      for (const path of places(payload)) {
        survives(change(payload, path, (parent, key) => Reflect.deleteProperty(parent, key)));
      }
    }
  });

  test("with any field of another type or size", () => {
    const spots = recorded.flatMap((payload) => places(payload).map((path) => ({ payload, path })));
    fc.assert(
      fc.property(fc.constantFrom(...spots), fc.constantFrom(...WRONG), ({ payload, path }, wrong) => {
        survives(
          path.length === 0 ? wrong : change(payload, path, (parent, key) => Reflect.set(parent, key, wrong)),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  test("with anything at all under a known event", () => {
    const names = [...new Set(webhookIndex.flatMap(({ event }) => event ?? []))];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.anything({ maxDepth: 4 }), (event, data) => {
        survives({ event, data });
      }),
      { numRuns: 2_000 },
    );
  });

  test("with anything at all", () => {
    fc.assert(fc.property(fc.anything(), survives), { numRuns: 1_000 });
  });
});
