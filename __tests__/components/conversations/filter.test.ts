import { expect, test } from "vitest";
import { filterFromUrl, filterToUrl, mayMatch } from "#components/conversations/filter.ts";
import { filterQuery } from "#components/conversations/queries.ts";
import { aConversation } from "./support.ts";

test.each([
  ["", { tab: "all", q: "" }],
  ["?tab=unread", { tab: "unread", q: "" }],
  ["?tab=closed&q=jos%C3%A9+l", { tab: "closed", q: "josé l" }],
] as const)("%s stands for a filter and back", (url, filter) => {
  expect(filterFromUrl(new URLSearchParams(url))).toEqual(filter);
  expect(filterToUrl(filter)).toBe(url);
});

test("an address with nonsense shows everything", () => {
  expect(filterFromUrl(new URLSearchParams("?tab=zzz&q=%20%20"))).toEqual({ tab: "all", q: "" });
  expect(filterFromUrl(new URLSearchParams({ q: "a".repeat(900) })).q).toHaveLength(100);
});

test("the API is asked in its own words", () => {
  expect(filterQuery({ tab: "all", q: "" })).toEqual({});
  expect(filterQuery({ tab: "unread", q: "ana" })).toEqual({ unread: "true", q: "ana" });
  expect(filterQuery({ tab: "open", q: "" })).toEqual({ status: "open" });
});

test("a search is asked again only for contacts that it may find", () => {
  const ana = aConversation(1);
  const named = { ...ana, contact: { ...ana.contact, name: "José Ñandú" } };
  expect(mayMatch("jose", named)).toBe(true);
  expect(mayMatch("0001", named)).toBe(true);
  expect(mayMatch("pedro", named)).toBe(false);
});
