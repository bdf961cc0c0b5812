import { type Ctx, enqueue, inTransaction } from "#lib/domain/context.ts";
import type { MediaId } from "#lib/kernel/ids.ts";
import type { Media } from "#prisma/generated/client.ts";
import { getMedia } from "./queries.ts";
import { tellOfMessage } from "./store-file.ts";

/** Fetches a file again that could not be fetched. One that is there or on its way is left alone. */
export async function retryMedia(ctx: Ctx, id: MediaId): Promise<Media> {
  await getMedia(ctx, id);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.media.updateMany({
      where: { id, status: "failed", messageId: { not: null } },
      data: { status: "pending", errorCode: null, errorDetail: null },
    });
    if (count === 0) return;
    enqueue(tx, "fetch-media", { mediaId: id }, { key: id });
    await tellOfMessage(tx, await tx.db.media.findUniqueOrThrow({ where: { id } }));
  });
  return getMedia(ctx, id);
}
