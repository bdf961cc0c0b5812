import { failInboundEvent, processInboundEvent } from "#lib/domain/inbound-events/process-inbound-event.ts";
import type { Task } from "#lib/worker/task.ts";

export const processInboundEventTask: Task<"process-inbound-event"> = {
  triesMax: 5,
  async run(ctx, { inboundEventId }) {
    await processInboundEvent(ctx, inboundEventId);
    return "done";
  },
  giveUp: (ctx, { inboundEventId }, error) => failInboundEvent(ctx, inboundEventId, error),
};
