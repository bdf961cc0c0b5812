import { uploadFile } from "#lib/browser/upload.ts";
import type { MediaView } from "#lib/domain/messages/schema.ts";
import type { TenantId } from "#lib/kernel/ids.ts";
import { localFile, setUpload } from "./local-files.ts";
import type { LocalMessage } from "./local-message.ts";

/** More at once would only make each of them slower. */
const PARALLEL = 3;

/** The person took the file back while it was on its way. */
export class UploadCancelled extends Error {}

const underWay = new Map<string, Promise<MediaView>>();
const slots: (() => void)[] = [];
let free = PARALLEL;

/**
 * Brings the file of a message to the server, once, however often it is asked for: at sending, for
 * several at a time, and by whoever delivers the message, which waits for its turn.
 */
export function uploadOf(tenantId: TenantId, message: LocalMessage): Promise<MediaView> {
  const known = underWay.get(message.id);
  if (known) return known;
  const abort = new AbortController();
  const cancel = () => abort.abort(new UploadCancelled("taken back"));
  const tell = (part: number) => setUpload(message.id, { part, cancel });
  // Also while it waits for its turn.
  tell(0);
  const upload = inTurn(() => start(tenantId, message, tell, abort.signal)).finally(() =>
    setUpload(message.id, null),
  );
  underWay.set(message.id, upload);
  // A failed one is tried anew when it is asked for again.
  upload.catch(() => underWay.delete(message.id));
  return upload;
}

function start(
  tenantId: TenantId,
  message: LocalMessage,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<MediaView> {
  const known = localFile(message.id);
  if (!known) throw new UploadCancelled("the file is no longer there");
  const fields = fieldsOf(message, known);
  return uploadFile<MediaView>("/media", known.file, known.file.name, {
    tenantId,
    fields,
    onProgress,
    signal,
  });
}

function fieldsOf({ type }: LocalMessage, known: { durationS?: number; waveform?: number[] }) {
  return {
    as: type,
    ...(known.durationS !== undefined && { durationS: String(known.durationS) }),
    ...(known.waveform && { waveform: JSON.stringify(known.waveform) }),
  };
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => slots.push(resolve));
  try {
    return await work();
  } finally {
    const next = slots.shift();
    if (next) next();
    else free += 1;
  }
}
