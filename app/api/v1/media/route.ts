import { bytesMaxOf, FILE_KINDS } from "#lib/domain/media/limits.ts";
import { presentMedia } from "#lib/domain/media/present.ts";
import { uploadMedia } from "#lib/domain/media/receive-upload.ts";
import { UploadFields } from "#lib/domain/media/schema.ts";
import { readUpload } from "#lib/http/multipart.ts";
import { created, route } from "#lib/http/route.ts";

/** The body is a form with a file, which is read here and not by the wrapper: it goes to disk as it comes. */
export const POST = route({ name: "media", scope: "messages:write" }, async ({ ctx, request }) => {
  const upload = await readUpload(request, {
    fields: UploadFields,
    bytesMax: (given) => bytesMaxOf(FILE_KINDS.find((kind) => kind === given.as)),
  });
  return created(presentMedia(await uploadMedia(ctx, upload)));
});
