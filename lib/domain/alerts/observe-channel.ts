import { readErrorCode } from "#lib/domain/channels/schema.ts";
import { enqueue, type Tx } from "#lib/domain/context.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { openAlert } from "./open-alert.ts";
import { resolveAlert } from "./resolve-alert.ts";

/** An outage that heals by itself within this time is no alert. */
export const PATIENCE_S = 30;

/** What a change of a channel means for its alerts: told at once when it is final, else after a look. */
export async function observeChannel(tx: Tx, before: Channel, after: Channel): Promise<void> {
  if (after.status === "connected" || !after.wanted) {
    await resolveAlert(tx, after.id, ["channel_down", "channel_unresponsive"]);
    return;
  }
  // A number that was never connected is somebody's unfinished setting up, on the page they look at.
  if (after.phone === null) return;
  const code = readErrorCode(after.lastErrorCode);
  const since = after.lostAt ?? after.statusSince;
  if (after.status === "disconnected" || after.status === "setup_failed")
    await openAlert(tx, { kind: "channel_down", channelId: after.id, code, since });
  else if (code === "disconnect.unresponsive")
    await openAlert(tx, { kind: "channel_unresponsive", channelId: after.id, code, since });
  else if (before.status === "connected")
    enqueue(
      tx,
      "watch-channel",
      { channelId: asId("channel", after.id) },
      { key: after.id, startAfterS: PATIENCE_S },
    );
}
