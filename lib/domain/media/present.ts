import type { MediaView } from "#lib/domain/messages/schema.ts";
import { isErrorCode } from "#lib/kernel/errors.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Media } from "#prisma/generated/client.ts";

export function presentMedia(row: Media): MediaView {
  const path = `/api/v1/media/${row.id}`;
  // Somebody may belong to several workspaces, and an <img> says nothing but its address.
  const workspace = `?workspace=${row.tenantId}`;
  const ready = row.status === "ready";
  const thumbnailUrl = ready && row.thumbHash !== null ? `${path}/thumbnail${workspace}` : null;
  return {
    id: asId("media", row.id),
    status: row.status,
    mimeType: row.mimeType,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    width: row.width,
    height: row.height,
    durationS: row.durationS,
    waveform: row.waveform,
    // Of no use beside a thumbnail, and a realtime frame holds 10 KB.
    preview: row.preview === null || thumbnailUrl ? null : `data:image/jpeg;base64,${row.preview}`,
    url: `${path}${workspace}`,
    thumbnailUrl,
    error: row.status !== "failed" ? null : isErrorCode(row.errorCode) ? row.errorCode : "internal",
  };
}
