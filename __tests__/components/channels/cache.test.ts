import { describe, expect, test } from "vitest";
import { isOlder, newerOf, removeChannel, upsertChannel } from "#components/channels/cache.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { newId } from "#lib/kernel/ids.ts";

const id = newId("channel");

function aChannel(change: Partial<ChannelView> = {}): ChannelView {
  return {
    id,
    kind: "evolution",
    name: "Ventas",
    status: "qr",
    statusSince: "2026-11-20T10:00:00.000Z",
    phone: null,
    profileName: null,
    pictureUrl: null,
    errorCount: 0,
    lastInboundAt: null,
    lastReceiptAt: null,
    createdAt: "2026-11-20T09:00:00.000Z",
    ...change,
  };
}

const qr = (expiresAt: string) => ({ code: expiresAt, image: "data:image/png;base64,", expiresAt });

describe("a channel in the cache", () => {
  test("a late answer does not put an older state over a newer one", () => {
    const connected = aChannel({ status: "connected", statusSince: "2026-11-20T10:00:05.000Z" });
    const late = aChannel({ status: "connecting", statusSince: "2026-11-20T10:00:04.000Z" });
    expect(newerOf(connected, late)).toBe(connected);
    expect(newerOf(late, connected)).toBe(connected);
  });

  test("within one state the later code wins", () => {
    const first = aChannel({ qr: qr("2026-11-20T10:00:45.000Z") });
    const second = aChannel({ qr: qr("2026-11-20T10:01:30.000Z") });
    expect(isOlder(first, second)).toBe(true);
    expect(isOlder(second, first)).toBe(false);
  });

  test("a rename within the same state is taken", () => {
    expect(newerOf(aChannel(), aChannel({ name: "Centro" })).name).toBe("Centro");
  });
});

describe("the list", () => {
  const other = aChannel({ id: newId("channel"), name: "Sucursal" });

  test("keeps the order and changes one row", () => {
    const list = upsertChannel({ data: [aChannel(), other], next: null }, aChannel({ name: "Centro" }));
    expect(list?.data.map(({ name }) => name)).toEqual(["Centro", "Sucursal"]);
  });

  test("takes a new channel at the end", () => {
    expect(upsertChannel({ data: [other], next: null }, aChannel())?.data.map((row) => row.id)).toEqual([
      other.id,
      id,
    ]);
  });

  test("stays the same object when the news is old", () => {
    const list = { data: [aChannel({ statusSince: "2026-11-20T11:00:00.000Z" })], next: null };
    expect(upsertChannel(list, aChannel())).toBe(list);
  });

  test("is not invented when it was never loaded", () => {
    expect(upsertChannel(undefined, aChannel())).toBeUndefined();
  });

  test("forgets a deleted channel", () => {
    expect(removeChannel({ data: [aChannel(), other], next: null }, id)?.data).toEqual([other]);
  });
});
