import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketSize,
  nextSlot,
  type PacingState,
  type SlotRequest,
  WARM_UP,
} from "#lib/domain/pacing/next-slot.ts";
import { DEFAULT_PACING, type PacingSettings } from "#lib/domain/pacing/schema.ts";

const NOON = new Date("2026-11-20T17:00:00Z");
const OLD = new Date("2026-01-01T00:00:00Z");
const LIMA = "America/Lima";

function idle(given: Partial<PacingState> = {}): PacingState {
  return {
    bucket: null,
    repliesAfter: null,
    outreachAfter: null,
    day: null,
    firstContacts: 0,
    stopped: null,
    connectedFirstAt: OLD,
    ...given,
  };
}

function asks(given: Partial<SlotRequest> = {}): SlotRequest {
  return { kind: "reply", byMember: false, repeated: false, waiting: null, ...given };
}

function at(now: Date, settings: Partial<PacingSettings> = {}) {
  return { settings: { ...DEFAULT_PACING, ...settings }, timeZone: LIMA, now, random: () => 0.5 };
}

describe("replies", () => {
  test("leave at once while there are tokens, then one after the other at the pace set", () => {
    let state = idle();
    const { burst } = bucketSize(60);
    for (let sent = 0; sent < burst; sent++) {
      const slot = nextSlot(state, asks(), at(NOON, { perMinute: 60 }));
      expect(slot.leave).toBe(true);
      state = slot.state;
    }
    const waits = [1, 2, 3].map(() => {
      const slot = nextSlot(state, asks(), at(NOON, { perMinute: 60 }));
      state = slot.state;
      return slot.leave ? null : { reason: slot.reason, afterMs: Number(slot.until) - Number(NOON) };
    });
    expect(waits).toEqual([1000, 2000, 3000].map((afterMs) => ({ reason: "pace", afterMs })));
  });

  test("find their tokens although campaigns take all they may", () => {
    let state = idle();
    let campaigns = 0;
    for (let second = 0; second < 600; second++) {
      const slot = nextSlot(
        state,
        asks({ kind: "outreach", waiting: waitingFrom(second) }),
        at(secondsOn(second)),
      );
      state = slot.state;
      if (slot.leave) campaigns += 1;
      if (second % 60 === 59)
        for (let reply = 0; reply < bucketSize(50).burst / 2; reply++) {
          const answer = nextSlot(state, asks(), at(secondsOn(second)));
          expect(answer.leave).toBe(true);
          state = answer.state;
        }
    }
    expect(campaigns).toBeGreaterThan(100);
  });

  test("do not mind quiet hours or a full day", () => {
    const night = new Date("2026-11-20T04:30:00Z");
    const settings = { quietHours: { from: "21:00", to: "09:00" }, firstContactsPerDay: 0 };
    expect(nextSlot(idle(), asks(), at(night, settings)).leave).toBe(true);
  });
});

/** Always at the head of its line. */
const secondsOn = (second: number) => new Date(NOON.getTime() + second * 1000);
const waitingFrom = (second: number) => ({ reason: "pace" as const, until: secondsOn(second) });

test("whatever asks whenever, the channel never sends more than its burst and its pace", () => {
  const kinds = fc.constantFrom("reply" as const, "first_contact" as const, "outreach" as const);
  const step = fc.record({ ms: fc.integer({ min: 0, max: 3000 }), kind: kinds, byMember: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.array(step, { maxLength: 150 }), (perMinute, steps) => {
      const size = bucketSize(perMinute);
      const left: number[] = [];
      let state = idle();
      let waiting: SlotRequest[] = [];
      let now = NOON.getTime();
      const ask = (request: SlotRequest) => {
        const slot = nextSlot(state, request, at(new Date(now), { perMinute }));
        state = slot.state;
        if (slot.leave) left.push(now);
        else waiting.push({ ...request, waiting: { reason: slot.reason, until: slot.until } });
      };
      for (const { ms, kind, byMember } of steps) {
        now += ms;
        const due = waiting.filter((one) => Number(one.waiting?.until) <= now);
        waiting = waiting.filter((one) => !due.includes(one));
        for (const one of due) ask(one);
        ask(asks({ kind, byMember }));
      }
      for (let from = 0; from < left.length; from++)
        for (let to = from; to < left.length; to++)
          expect(to - from + 1).toBeLessThanOrEqual(
            size.burst + ((left[to] ?? 0) - (left[from] ?? 0)) * size.perMs + 1e-3,
          );
    }),
  );
});

describe("first contacts", () => {
  const first = asks({ kind: "first_contact" });

  test.each([
    [0, WARM_UP[0], "warm_up"],
    [1, WARM_UP[1], "warm_up"],
    [3, WARM_UP[3], "warm_up"],
    [4, 150, "first_contacts"],
  ])("on day %i of a connection %i may be opened, the next waits until tomorrow", (days, max, reason) => {
    const connectedFirstAt = new Date(NOON.getTime() - days * 86_400_000 - 1000);
    const state = idle({ connectedFirstAt, day: "2026-11-20", firstContacts: max - 1 });
    const last = nextSlot(state, first, at(NOON));
    expect(last).toMatchObject({ leave: true, state: { firstContacts: max } });
    expect(nextSlot(last.state, first, at(NOON))).toMatchObject({
      leave: false,
      reason,
      until: new Date("2026-11-21T05:00:00Z"),
    });
    const tomorrow = new Date("2026-11-21T05:00:00Z");
    expect(nextSlot(last.state, first, at(tomorrow))).toMatchObject({
      leave: true,
      state: { day: "2026-11-21", firstContacts: 1 },
    });
  });

  test("a second try of the same message is not another contact", () => {
    const state = idle({ day: "2026-11-20", firstContacts: 150 });
    expect(nextSlot(state, { ...first, repeated: true }, at(NOON)).leave).toBe(true);
  });

  test("are spaced, with a pause of random length", () => {
    const one = nextSlot(idle(), first, at(NOON, { perMinute: 60 }));
    expect(one.leave).toBe(true);
    expect(nextSlot(one.state, first, at(NOON, { perMinute: 60 }))).toMatchObject({
      leave: false,
      reason: "pace",
      until: new Date(NOON.getTime() + 2000 + 900),
    });
  });

  test("opened by a member, they count but neither pause nor sleep", () => {
    const settings = { quietHours: { from: "00:00", to: "23:59" } };
    const byMember = { ...first, byMember: true };
    const one = nextSlot(idle(), byMember, at(NOON, settings));
    expect(one).toMatchObject({ leave: true, state: { firstContacts: 1 } });
    expect(nextSlot(one.state, byMember, at(NOON, settings))).toMatchObject({
      leave: true,
      state: { firstContacts: 2 },
    });
  });
});

describe("quiet hours", () => {
  const night = { quietHours: { from: "21:00", to: "09:00" } };
  const outreach = asks({ kind: "outreach" });

  test.each([
    ["2026-11-21T02:00:00Z", "2026-11-21T14:00:00.000Z"],
    ["2026-11-21T13:59:59Z", "2026-11-21T14:00:00.000Z"],
    ["2026-11-21T04:59:00Z", "2026-11-21T14:00:00.000Z"],
    ["2026-11-21T14:00:00Z", null],
    ["2026-11-21T01:59:59Z", null],
  ])("at %s in Lima the wait ends %s", (now, end) => {
    const slot = nextSlot(idle(), outreach, at(new Date(now), night));
    expect(slot.leave ? null : slot.until?.toISOString()).toBe(end);
  });

  test("by day too, and over a change of the clocks", () => {
    const siesta = { quietHours: { from: "14:00", to: "16:00" } };
    expect(nextSlot(idle(), outreach, at(new Date("2026-11-20T20:00:00Z"), siesta))).toMatchObject({
      reason: "quiet_hours",
      until: new Date("2026-11-20T21:00:00Z"),
    });
    const madrid = { ...at(new Date("2026-10-24T22:00:00Z"), night), timeZone: "Europe/Madrid" };
    expect(nextSlot(idle(), outreach, madrid)).toMatchObject({ until: new Date("2026-10-25T08:00:00Z") });
  });

  test("those who waited for the morning leave one after the other, each with one wake", () => {
    let state = idle();
    const moments = [1, 2, 3].map(() => {
      const slot = nextSlot(
        state,
        outreach,
        at(new Date("2026-11-21T10:00:00Z"), { ...night, perMinute: 60 }),
      );
      state = slot.state;
      return slot.leave ? null : slot.until;
    });
    expect(moments.map((moment) => moment?.toISOString())).toEqual([
      "2026-11-21T14:00:00.000Z",
      "2026-11-21T14:00:02.900Z",
      "2026-11-21T14:00:05.800Z",
    ]);
    for (const until of moments) {
      if (!until) throw new Error("did not wait");
      const slot = nextSlot(
        state,
        { ...outreach, waiting: { reason: "quiet_hours", until } },
        at(until, { ...night, perMinute: 60 }),
      );
      expect(slot.leave).toBe(true);
      state = slot.state;
    }
  });
});

test("a hard stop holds everything, one on opening chats only what nobody asked for", () => {
  const off = at(NOON, { perMinute: null });
  for (const stopped of ["banned", "silent", "logged_out"] as const)
    expect(nextSlot(idle({ stopped }), asks(), off)).toMatchObject({ reason: "stopped", until: null });
  for (const stopped of ["restricted", "refusals"] as const) {
    expect(nextSlot(idle({ stopped }), asks(), off).leave).toBe(true);
    expect(nextSlot(idle({ stopped }), asks({ kind: "first_contact" }), off).leave).toBe(false);
  }
});

test("with pacing off nothing waits", () => {
  const request = asks({ kind: "first_contact" });
  const state = idle({ day: "2026-11-20", firstContacts: 9999, bucket: { tokens: 0, atMs: NOON.getTime() } });
  expect(nextSlot(state, request, at(NOON, { perMinute: null }))).toEqual({ leave: true, state });
});
