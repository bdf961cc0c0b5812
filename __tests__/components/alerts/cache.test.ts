import { expect, test } from "vitest";
import { shownAlerts, withAlert } from "#components/alerts/cache.ts";
import type { AlertView } from "#lib/domain/alerts/schema.ts";
import { newId } from "#lib/kernel/ids.ts";

const at = (clock: string) => `2026-11-20T${clock}:00.000Z`;
const alert = (clock: string): AlertView => ({
  id: newId("alert"),
  kind: "channel_down",
  channelId: newId("channel"),
  channelName: "Ventas",
  phone: "+51900000001",
  code: "disconnect.banned",
  since: at(clock),
  at: at(clock),
  mailedAt: null,
  dismissedAt: null,
  resolvedAt: null,
});

test("news of an alert replace it, the latest first; a resolved one leaves", () => {
  const [old, young] = [alert("10:00"), alert("11:00")];
  const list = withAlert({ data: [old], next: null }, young);
  expect(list?.data).toEqual([young, old]);
  const changed = { ...old, code: "disconnect.unknown" as const };
  expect(withAlert(list, changed)?.data).toEqual([young, changed]);
  expect(withAlert(list, { ...young, resolvedAt: at("12:00") })?.data).toEqual([old]);
  expect(withAlert(undefined, old)).toBeUndefined();
});

test("a dismissed one stays open and is not shown", () => {
  const one = { ...alert("10:00"), dismissedAt: at("10:05") };
  expect(shownAlerts({ data: [one], next: null })).toEqual([]);
});
