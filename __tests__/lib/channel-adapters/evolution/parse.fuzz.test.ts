import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { webhook, webhookIndex } from "./fixtures.ts";
import { change, places, WRONG } from "./mutations.ts";

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
