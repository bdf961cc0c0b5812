import { giveUpChange, pushChange } from "#lib/domain/messages/send-change.ts";
import type { Task } from "#lib/worker/task.ts";

export const changeMessageTask: Task<"change-message"> = {
  triesMax: 4,
  run: (ctx, { messageId }) => pushChange(ctx, messageId),
  giveUp: (ctx, { messageId }, error) => giveUpChange(ctx, messageId, error),
};
