import { retrySetUp } from "#lib/domain/channels/connect-channel.ts";
import type { Task } from "#lib/worker/task.ts";

export const setUpChannelTask: Task<"set-up-channel"> = {
  triesMax: 200,
  run: async (ctx, { channelId }) => ((await retrySetUp(ctx, channelId)) ? "done" : "later"),
  // The channel already says setup_failed, with a button.
  giveUp: async () => {},
};
