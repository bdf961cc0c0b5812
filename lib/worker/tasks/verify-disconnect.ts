import { verifyDisconnect } from "#lib/domain/channels/observe-connection.ts";
import type { Task } from "#lib/worker/task.ts";

export const verifyDisconnectTask: Task<"verify-disconnect"> = {
  triesMax: 5,
  run: async (ctx, { channelId, cause, code }) =>
    (await verifyDisconnect(ctx, channelId, { cause, code })) ? "done" : "later",
  // The gateway is away; the minute's check-channels goes on asking.
  giveUp: async () => {},
};
