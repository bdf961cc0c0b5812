import { expect, test } from "vitest";
import { isSameDraft, pacingDraft, pacingUpdate } from "#components/channels/pacing-draft.ts";
import { DEFAULT_PACING } from "#lib/domain/pacing/schema.ts";

const draft = pacingDraft(DEFAULT_PACING);

test("what was saved comes back as it was", () => {
  const { input, wrong } = pacingUpdate(draft);
  expect(wrong).toEqual({});
  expect({ ...DEFAULT_PACING, ...input }).toEqual(DEFAULT_PACING);
});

test("switched off, only that is sent, and the fields keep their values", () => {
  const off = { ...draft, limited: false, perMinute: "" };
  expect(pacingUpdate(off)).toMatchObject({ input: { perMinute: null }, wrong: {} });
  expect(pacingDraft({ ...DEFAULT_PACING, perMinute: null })).toMatchObject({
    limited: false,
    perMinute: "50",
  });
});

test.each([
  [{ perMinute: "" }, "perMinute"],
  [{ perMinute: "0" }, "perMinute"],
  [{ perMinute: "2.5" }, "perMinute"],
  [{ firstContactsPerDay: "-1" }, "firstContactsPerDay"],
  [{ quiet: true, quietFrom: "09:00", quietTo: "09:00" }, "quietHours"],
  [{ quiet: true, quietFrom: "" }, "quietHours"],
])("%j is refused at its field", (change, field) => {
  const { input, wrong } = pacingUpdate({ ...draft, ...change });
  expect(input).toBeUndefined();
  expect(Object.keys(wrong)).toEqual([field]);
});

test("hours changed while they are switched off are no change", () => {
  expect(isSameDraft({ ...draft, quietTo: "10:00" }, draft)).toBe(true);
  expect(isSameDraft({ ...draft, quiet: true }, draft)).toBe(false);
});
