import { observeOutage } from "#lib/domain/channels/observe-outage.ts";
import type { Task } from "#lib/worker/task.ts";

export const watchChannelTask: Task<"watch-channel"> = {
  triesMax: 3,
  async run(ctx, { channelId }) {
    await observeOutage(ctx, channelId);
    return "done";
  },
  // The channel says on its own page that it is not connected.
  giveUp: async () => {},
};
