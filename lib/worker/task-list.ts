import type { JobName } from "#lib/queue/catalog.ts";
import type { Task } from "./task.ts";
import { changeMessageTask } from "./tasks/change-message.ts";
import { deleteFilesTask } from "./tasks/delete-files.ts";
import { deliverMessageTask } from "./tasks/deliver-message.ts";
import { fetchMediaTask } from "./tasks/fetch-media.ts";
import { mailAlertTask } from "./tasks/mail-alert.ts";
import { markReadOnWhatsAppTask } from "./tasks/mark-read-on-whatsapp.ts";
import { processInboundEventTask } from "./tasks/process-inbound-event.ts";
import { reconcileChannelTask } from "./tasks/reconcile-channel.ts";
import { refreshContactPictureTask } from "./tasks/refresh-contact-picture.ts";
import { setUpChannelTask } from "./tasks/set-up-channel.ts";
import { verifyDisconnectTask } from "./tasks/verify-disconnect.ts";
import { watchChannelTask } from "./tasks/watch-channel.ts";

/** Every job of lib/queue/catalog.ts has its handler here. */
export const TASKS: { [N in JobName]: Task<N> } = {
  "process-inbound-event": processInboundEventTask,
  "deliver-message": deliverMessageTask,
  "change-message": changeMessageTask,
  "set-up-channel": setUpChannelTask,
  "verify-disconnect": verifyDisconnectTask,
  "mark-read-on-whatsapp": markReadOnWhatsAppTask,
  "reconcile-channel": reconcileChannelTask,
  "watch-channel": watchChannelTask,
  "mail-alert": mailAlertTask,
  "fetch-media": fetchMediaTask,
  "delete-files": deleteFilesTask,
  "refresh-contact-picture": refreshContactPictureTask,
};
