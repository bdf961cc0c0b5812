import { markUnasked, reconcileChannel } from "#lib/domain/messages/reconcile-channel.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import type { Task } from "#lib/worker/task.ts";

export const reconcileChannelTask: Task<"reconcile-channel"> = {
  triesMax: 5,
  async run(ctx, { channelId }) {
    try {
      await reconcileChannel(ctx, channelId);
      return "done";
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.debug({ err: error, channelId }, "gateway's record not read");
      return "later";
    }
  },
  giveUp: (ctx, { channelId }) => markUnasked(ctx, channelId),
};
