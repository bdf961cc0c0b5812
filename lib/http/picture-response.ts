import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { openFile } from "#lib/storage/files.ts";

/** A stored picture, as nothing but a picture: whatever is in it, no script of it runs. */
export async function pictureResponse(
  ctx: Ctx,
  { hash, type }: { hash: string; type: string },
): Promise<Response> {
  const stream = await openFile(ctx.tenantId, hash);
  if (!stream) throw new AppError("not_found");
  return new Response(stream, {
    headers: {
      "content-type": type,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "content-disposition": "inline",
      // The address changes with the picture.
      "cache-control": "private, max-age=604800, immutable",
    },
  });
}
