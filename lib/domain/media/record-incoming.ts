import { z } from "zod";
import type { MediaSource } from "#lib/channel-adapters/contract.ts";
import { enqueue, type Tx } from "#lib/domain/context.ts";
import { type MediaId, type MessageId, newId } from "#lib/kernel/ids.ts";
import { storableJson, storableText } from "#lib/kernel/text-schema.ts";
import { cleanFileName } from "./file-names.ts";
import { WAVEFORM_STEPS_MAX } from "./schema.ts";

const INT_MAX = 2_147_483_647;
/** In base64; WhatsApp's own previews are 1 to 5 KB, and a realtime frame holds 10 KB. */
const PREVIEW_MAX = 6500;

/** What the sender's phone said of the file, as far as it can be stored; the file itself is the truth later. */
const count = z
  .number()
  .finite()
  .transform((value) => Math.round(value))
  .pipe(z.number().min(0).max(INT_MAX))
  .nullable()
  .catch(null);
const label = storableText()
  .max(200)
  .regex(/^[\w.+-]+\/[\w.+-]+/)
  .nullable()
  .catch(null);
const waveform = z.array(z.number().int().min(0).max(100)).max(WAVEFORM_STEPS_MAX).catch([]);
const preview = z
  .string()
  .max(PREVIEW_MAX)
  .regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/)
  .nullable()
  .catch(null);

/** Notes the file of a message that has come in, in the message's transaction, and has it fetched. */
export async function addIncomingMedia(tx: Tx, messageId: MessageId, source: MediaSource): Promise<MediaId> {
  const id = newId("media");
  const ref = storableJson(source.ref);
  await tx.db.media.create({
    data: {
      id,
      messageId,
      status: "pending",
      source: ref,
      mimeType: label.parse(source.mimeType ?? null),
      fileName: cleanFileName(source.fileName),
      sizeBytes: count.parse(source.sizeBytes ?? null),
      width: count.parse(source.width ?? null),
      height: count.parse(source.height ?? null),
      durationS: count.parse(source.durationS ?? null),
      waveform: waveform.parse(source.waveform ?? []),
      preview: preview.parse(source.thumbnail ?? null),
    },
  });
  enqueue(tx, "fetch-media", { mediaId: id }, { key: id });
  return id;
}
