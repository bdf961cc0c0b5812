import { systemContext } from "#lib/auth/system-context.ts";
import { systemTransaction } from "#lib/db/client.ts";
import { purgeUploads as purgeUploadsOf, unsentBefore } from "#lib/domain/media/delete-uploads.ts";
import { asId } from "#lib/kernel/ids.ts";

/** Once an hour: files that were uploaded to be sent, and were not. */
export async function purgeUploads(): Promise<void> {
  const owners = await systemTransaction((db) =>
    db.media.findMany({
      where: { messageId: null, createdAt: { lt: unsentBefore() } },
      distinct: ["tenantId"],
      select: { tenantId: true },
    }),
  );
  for (const { tenantId } of owners) await purgeUploadsOf(systemContext(asId("tenant", tenantId)));
}
