import { sendAlertMail } from "#lib/domain/alerts/send-alert-mail.ts";
import type { Task } from "#lib/worker/task.ts";

export const mailAlertTask: Task<"mail-alert"> = {
  triesMax: 30,
  run: (ctx, { alertId }) => sendAlertMail(ctx, alertId),
  // The alert stays in the app, without the mark of having been mailed.
  giveUp: async () => {},
};
