/** Files: what is told about them with the message, and the reference to fetch their bytes with. */
import type { MediaSource, MessageContent } from "#lib/channel-adapters/contract.ts";
import { defined } from "./defined.ts";
import { MediaContent } from "./payloads.ts";
import { isObject, type JsonObject, read, storable } from "./wire-values.ts";

export type MediaContext = {
  /** The message's key as it came; its id is what the gateway finds the file by. */
  key: JsonObject;
  type: string;
  value: unknown;
  viewOnce: boolean;
};

/** The fields WhatsApp needs to find and decrypt a file; thumbnails and quotes stay behind. */
const FETCH_FIELDS = [
  "url",
  "directPath",
  "mediaKey",
  "mediaKeyTimestamp",
  "mimetype",
  "fileLength",
  "fileSha256",
  "fileEncSha256",
  "fileName",
  "seconds",
  "ptt",
];

const MEDIA_TYPES = new Set([
  "imageMessage",
  "videoMessage",
  "ptvMessage",
  "audioMessage",
  "documentMessage",
  "stickerMessage",
]);

export function readMedia(context: MediaContext): MessageContent | undefined {
  if (!MEDIA_TYPES.has(context.type)) return undefined;
  const content = read(MediaContent, context.value);
  if (!content) return undefined;
  const media = mediaSource(context, content);
  const text = content.caption;
  const viewOnce = context.viewOnce || content.viewOnce === true ? true : undefined;
  switch (context.type) {
    case "imageMessage":
      return defined({ type: "image", media, text, viewOnce });
    case "videoMessage":
      return defined({ type: "video", media, text, viewOnce, gif: content.gifPlayback || undefined });
    case "ptvMessage":
      return defined({ type: "video", media, text, viewOnce, round: true });
    case "audioMessage":
      return content.ptt || content.voice
        ? defined({ type: "voice", media, viewOnce })
        : { type: "audio", media };
    case "documentMessage":
      return defined({ type: "document", media, text });
    case "stickerMessage":
      return defined({
        type: "sticker",
        media,
        animated: content.isAnimated || content.isLottie || undefined,
      });
    default:
      return undefined;
  }
}

function mediaSource(context: MediaContext, content: MediaContent): MediaSource {
  return defined({
    ref: mediaRef(context),
    mimeType: content.mimetype ?? content.mime_type,
    fileName:
      content.fileName ??
      content.filename ??
      (context.type === "documentMessage" ? content.title : undefined),
    sizeBytes: content.fileLength,
    width: content.width || undefined,
    height: content.height || undefined,
    durationS: content.seconds,
    waveform: content.waveform && [...content.waveform.slice(0, 64)].map((step) => Math.min(step, 100)),
    thumbnail: content.jpegThumbnail && Buffer.from(content.jpegThumbnail).toString("base64"),
  });
}

/**
 * The id is enough as long as the gateway keeps the message; after its instance was deleted and made
 * anew it does not, and the same call takes the message itself (§8, getBase64FromMediaMessage).
 */
function mediaRef({ key, type, value }: MediaContext): Record<string, unknown> {
  const id = typeof key.id === "string" ? storable(key.id) : undefined;
  if (!isObject(value) || !value.mediaKey || !(value.directPath || value.url)) return defined({ id });
  const { remoteJid, fromMe, participant } = key;
  const content = storableFields(Object.fromEntries(FETCH_FIELDS.map((field) => [field, value[field]])));
  const message = {
    key: storableFields({ id, remoteJid, fromMe, participant }),
    message: { [type]: content },
  };
  return defined({ id, message });
}

/** Plain values, Longs and byte maps of a hash's length; the rest is nothing the gateway would ask back. */
function storableFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (typeof value === "string") return [[name, storable(value)]];
      return isPlain(value) || isNumberMap(value) ? [[name, value]] : [];
    }),
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function isNumberMap(value: unknown): boolean {
  if (!isObject(value)) return false;
  const values = Object.values(value);
  return values.length > 0 && values.length <= 64 && values.every(isPlain);
}
