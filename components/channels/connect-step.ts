import type { ChannelStatus, TimelineKind } from "#lib/domain/channels/schema.ts";

/** What the connect panel shows: the channel's state, told as the person at the phone lives it. */
export type ConnectStep = "setup_failed" | "disconnected" | "qr" | "scanned" | "opening" | "connected";

/**
 * `connecting` after a code was shown means that someone scanned it; otherwise the line is merely being
 * opened. The timeline knows it after a reload, the status before this one knows it at once.
 */
export function connectStep(
  status: ChannelStatus,
  seen: { previous: ChannelStatus | null; latest: TimelineKind | null },
): ConnectStep {
  if (status !== "connecting") return status;
  return seen.previous === "qr" || seen.latest === "scanned" ? "scanned" : "opening";
}
