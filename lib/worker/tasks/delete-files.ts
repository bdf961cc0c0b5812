import { deleteFiles } from "#lib/domain/files/delete-files.ts";
import { logger } from "#lib/kernel/logger.ts";
import type { Task } from "#lib/worker/task.ts";

export const deleteFilesTask: Task<"delete-files"> = {
  // About a day, for a storage that is away.
  triesMax: 1500,
  async run(ctx, { hashes }) {
    await deleteFiles(ctx, hashes);
    return "done";
  },
  async giveUp(_ctx, { hashes }, error) {
    logger.error({ err: error, files: hashes.length }, "unused files stay in the storage");
  },
};
