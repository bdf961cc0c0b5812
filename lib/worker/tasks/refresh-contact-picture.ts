import { refreshContactPicture } from "#lib/domain/contacts/fetch-picture.ts";
import type { Task } from "#lib/worker/task.ts";

export const refreshContactPictureTask: Task<"refresh-contact-picture"> = {
  triesMax: 3,
  async run(ctx, { contactId }) {
    await refreshContactPicture(ctx, contactId);
    return "done";
  },
  // Initials stand in for a picture; next week's message asks again.
  giveUp: async () => {},
};
