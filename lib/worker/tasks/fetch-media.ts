import { failMedia, fetchMedia } from "#lib/domain/media/fetch-media.ts";
import type { Task } from "#lib/worker/task.ts";

export const fetchMediaTask: Task<"fetch-media"> = {
  // 3, 6, 12 s and so on up to a minute apart, with jitter: about a quarter of an hour.
  triesMax: 18,
  async run(ctx, { mediaId }) {
    await fetchMedia(ctx, mediaId);
    return "done";
  },
  giveUp: (ctx, { mediaId }, error) => failMedia(ctx, mediaId, error),
};
