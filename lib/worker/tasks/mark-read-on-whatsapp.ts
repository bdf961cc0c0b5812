import { sendReadMarks } from "#lib/domain/conversations/send-read-marks.ts";
import type { Task } from "#lib/worker/task.ts";

export const markReadOnWhatsAppTask: Task<"mark-read-on-whatsapp"> = {
  triesMax: 3,
  async run(ctx, { messageIds }) {
    await sendReadMarks(ctx, messageIds);
    return "done";
  },
  // A missing blue tick is no harm worth a message to anybody.
  giveUp: async () => {},
};
