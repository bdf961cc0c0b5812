import { describe, expect, test } from "vitest";
import { connectStep } from "#components/channels/connect-step.ts";
import { countdownAt, localExpiry, QR_LIFETIME_MS } from "#components/channels/countdown.ts";
import { formatPairingCode } from "#components/channels/pairing-code.ts";
import { problemKey } from "#components/channels/problem-key.ts";
import { TIMELINE_KINDS } from "#lib/domain/channels/schema.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";

describe("the countdown of a code", () => {
  const seen = Date.parse("2026-11-20T10:00:00.000Z");

  test("ends when the server says", () => {
    expect(localExpiry("2026-11-20T10:00:30.000Z", seen)).toBe(seen + 30_000);
  });

  test.each(["2026-11-20T09:55:00.000Z", "2026-11-20T10:30:00.000Z"])(
    "does not believe a clock that is far off (%s)",
    (at) => {
      expect(localExpiry(at, seen)).toBe(seen + QR_LIFETIME_MS);
    },
  );

  test("counts whole seconds down to an end", () => {
    expect(countdownAt(seen + 44_100, seen)).toMatchObject({ seconds: 45, ended: false });
    expect(countdownAt(seen + QR_LIFETIME_MS / 2, seen).share).toBe(0.5);
    expect(countdownAt(seen, seen + 5_000)).toEqual({ seconds: 0, share: 0, ended: true });
  });
});

describe("the step on screen", () => {
  test("connecting after a code means it was scanned", () => {
    expect(connectStep("connecting", { previous: "qr", latest: null })).toBe("scanned");
    expect(connectStep("connecting", { previous: null, latest: "scanned" })).toBe("scanned");
  });

  test("connecting without a code is only the opening", () => {
    expect(connectStep("connecting", { previous: "disconnected", latest: "restarted_by_member" })).toBe(
      "opening",
    );
  });

  test("every other state is itself", () => {
    expect(connectStep("setup_failed", { previous: "qr", latest: "scanned" })).toBe("setup_failed");
  });
});

test("a pairing code is shown in two halves", () => {
  expect(formatPairingCode("abcd1234")).toBe("ABCD-1234");
  expect(formatPairingCode("ABCD-1234")).toBe("ABCD-1234");
});

describe("words for what went wrong", () => {
  test("a disconnect has its own words, an error code those of the table", () => {
    expect(problemKey("disconnect.banned")).toEqual({ from: "disconnect", key: "banned" });
    expect(problemKey("gateway_unreachable")).toEqual({ from: "errors", key: "gateway_unreachable" });
  });

  test.each(Object.entries(MESSAGES))("every line of the timeline is said in %s", (_locale, messages) => {
    for (const kind of TIMELINE_KINDS) expect(messages.channels).toHaveProperty(["timeline", kind]);
  });
});
