import { expect, test } from "vitest";
import { isCurrent, navItems } from "#components/shell/nav-items.ts";
import { initialsOf } from "#components/ui/avatar.tsx";

test("the practice phone is a place only while it runs", () => {
  expect(navItems("rosita", true).map(({ href }) => href)).toEqual([
    "/rosita/inbox",
    "/rosita/sandbox",
    "/rosita/settings",
  ]);
  expect(navItems("rosita", false).map(({ name }) => name)).toEqual(["inbox", "settings"]);
});

test("a place is current on its page and below, not on one that begins alike", () => {
  expect(isCurrent("/rosita/inbox", "/rosita/inbox")).toBe(true);
  expect(isCurrent("/rosita/inbox/cnv_1", "/rosita/inbox")).toBe(true);
  expect(isCurrent("/rosita/inboxes", "/rosita/inbox")).toBe(false);
});

test.each([
  ["Ana Torres", "AT"],
  ["ana maría de la cruz", "AC"],
  ["Ñusta", "Ñ"],
  ["+51 987 654 321", "#"],
  ["~Chef 👨‍🍳 Luis", "CL"],
  ["", "#"],
])("the initials of %s are %s", (name, expected) => {
  expect(initialsOf(name)).toBe(expected);
});
