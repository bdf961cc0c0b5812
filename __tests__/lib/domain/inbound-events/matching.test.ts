import { expect, test } from "vitest";
import { matchesShown, needlesOf } from "#lib/domain/inbound-events/matching.ts";

test("text is looked for as it stands in JSON", () => {
  expect(needlesOf('dijo "sí"')).toEqual(['dijo \\"sí\\"']);
  expect(needlesOf("a\\b")).toEqual(["a\\\\b"]);
});

test("a phone number is found however it is written", () => {
  expect(needlesOf("+51 987 654 321")).toEqual(["+51 987 654 321", "51987654321"]);
  expect(needlesOf("51987654321")).toEqual(["51987654321"]);
});

test("what is not shown cannot be found", () => {
  const shown = JSON.stringify({ apikey: "[redacted]", text: "Hola Ana" });
  expect(matchesShown("hola", "phone:1", shown)).toBe(true);
  expect(matchesShown("FC213", "phone:1", shown)).toBe(false);
  expect(matchesShown("phone:1", "phone:1", shown)).toBe(true);
});
