import { deliverMessage } from "#lib/domain/messages/deliver-message.ts";
import { failMessage } from "#lib/domain/messages/fail-message.ts";
import type { Task } from "#lib/worker/task.ts";

export const deliverMessageTask: Task<"deliver-message"> = {
  // The verb counts its own tries and ends them; this bounds what it does not expect.
  triesMax: 60,
  run: (ctx, { messageId }) => deliverMessage(ctx, messageId),
  giveUp: (ctx, { messageId }, error) => failMessage(ctx, messageId, error),
};
