import { expect, test } from "vitest";
import { gapsAtEnd, placeGaps } from "#components/gaps/place-gaps.ts";
import type { GapView } from "#lib/domain/gaps/schema.ts";
import { newId } from "#lib/kernel/ids.ts";

const at = (clock: string) => `2026-11-20T${clock}:00.000Z`;
const gap = (from: string, to: string): GapView => ({
  id: newId("gap"),
  conversationId: newId("conversation"),
  from: at(from),
  to: at(to),
  reason: "record_lost",
});
const MESSAGES = ["10:00", "10:20", "11:00"].map((clock) => ({ id: clock, sentAt: at(clock) }));

test("a gap stands above the first message after its beginning", () => {
  const [inside, between] = [gap("10:10", "10:40"), gap("10:30", "10:40")];
  const places = placeGaps([inside, between], MESSAGES, true);
  expect([...places]).toEqual([
    ["10:20", [inside]],
    ["11:00", [between]],
  ]);
});

test("one that nothing follows stands at the end, also in an empty thread", () => {
  const last = gap("11:10", "11:40");
  expect(gapsAtEnd(placeGaps([last], MESSAGES, true))).toEqual([last]);
  expect(gapsAtEnd(placeGaps([last], [], true))).toEqual([last]);
});

test("one from before what is loaded waits until that is", () => {
  const old = gap("08:00", "09:00");
  expect(placeGaps([old], MESSAGES, false).size).toBe(0);
  expect([...placeGaps([old], MESSAGES, true).keys()]).toEqual(["10:00"]);
});
