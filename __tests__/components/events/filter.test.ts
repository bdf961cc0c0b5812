import { expect, test } from "vitest";
import {
  apiFilter,
  EVERYTHING,
  filterFromUrl,
  filterToUrl,
  isFiltered,
  since,
  upTo,
} from "#components/events/filter.ts";
import { newId } from "#lib/kernel/ids.ts";

const fromUrl = (query: string) => filterFromUrl(new URLSearchParams(query));

test("a filter survives the URL", () => {
  const filter = {
    channelId: newId("channel"),
    name: "messages.upsert",
    status: "failed" as const,
    from: "2026-11-01",
    to: "2026-11-20",
    q: "pedido 7 & más",
  };
  expect(fromUrl(filterToUrl(filter))).toEqual(filter);
  expect(fromUrl(filterToUrl(EVERYTHING))).toEqual(EVERYTHING);
  expect(isFiltered(EVERYTHING)).toBe(false);
  expect(isFiltered(filter)).toBe(true);
});

test("nonsense in the URL filters nothing", () => {
  expect(fromUrl("channel=abc&name=DROP TABLE&status=lost&from=yesterday&to=2026-99-99")).toEqual(EVERYTHING);
});

test("days are the tenant's, the last one whole", () => {
  const filter = { ...EVERYTHING, from: "2026-11-19", to: "2026-11-20" };
  expect(apiFilter(filter, "America/Lima")).toEqual({
    from: "2026-11-19T05:00:00.000Z",
    to: "2026-11-21T05:00:00.000Z",
  });
});

test("a day on which the clock is moved begins at its own midnight", () => {
  // Santiago goes from UTC-4 to UTC-3 at midnight: that day begins at one o'clock, 04:00 UTC.
  expect(apiFilter({ ...EVERYTHING, from: "2026-09-07" }, "America/Santiago").from).toBe(
    "2026-09-07T03:00:00.000Z",
  );
  expect(apiFilter({ ...EVERYTHING, from: "2026-09-05" }, "America/Santiago").from).toBe(
    "2026-09-05T04:00:00.000Z",
  );
});

test("what arrives later is told from what is shown", () => {
  const [early, now, late] = [
    "2026-11-20T10:00:00.000Z",
    "2026-11-20T12:00:00.000Z",
    "2026-11-20T14:00:00.000Z",
  ];
  expect(upTo({}, now)).toEqual({ to: now });
  expect(upTo({ to: early }, now)).toEqual({ to: early });
  expect(since({ from: early, to: late }, now)).toEqual({ from: now, to: late });
});
