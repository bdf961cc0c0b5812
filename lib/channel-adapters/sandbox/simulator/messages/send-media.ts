import { GatewayError, type GatewayRequest } from "../http/replies.ts";
import { textOr } from "../json.ts";
import { audioSeconds, sniffAudio, sniffImage, typeByEnding } from "./sniff.ts";

export type SendFile = { bytes: Uint8Array; fileName: string; mimeType: string };

const FILE_MAX_BYTES = 136 * 1024 * 1024;

/** An address the gateway fetches: the host needs a dot, so `localhost` is none (evolution CONTRACT section 7). */
function isUrl(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  return new URL(value).hostname.includes(".");
}

function isBase64(value: string): boolean {
  return value.length > 0 && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}

async function fetchBytes(url: string, isImage: boolean): Promise<Uint8Array> {
  const failed = (): GatewayError => new GatewayError(500, [`Error: Failed to fetch stream from ${url}`]);
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => {
    throw failed();
  });
  if (!response.ok && isImage)
    throw new GatewayError(500, [`AxiosError: Request failed with status code ${response.status}`]);
  if (!response.ok) throw failed();
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > FILE_MAX_BYTES) throw failed();
  return bytes;
}

/** The bytes of a file field: a form part, an address, or plain base64 without a `data:` prefix. */
async function bytesOf(request: GatewayRequest, field: string, isImage: boolean): Promise<Uint8Array> {
  if (request.file) return request.file.bytes;
  const value = textOr(request.body[field]);
  if (isUrl(value)) return await fetchBytes(value, isImage);
  if (isBase64(value)) return new Uint8Array(Buffer.from(value, "base64"));
  throw new GatewayError(400, ["Owned media must be a url or base64"]);
}

/** `sendMedia`: the type follows from the ending of the file name; no known ending makes the word "false". */
export async function mediaFile(request: GatewayRequest, kind: string): Promise<SendFile> {
  const media = textOr(request.body.media);
  const given = textOr(request.body.fileName) || request.file?.fileName || "";
  if (kind === "document" && !given && !request.file && isBase64(media))
    throw new GatewayError(400, ["For base64 the file name must be informed."]);
  const bytes = await bytesOf(request, "media", kind === "image");
  const fileName = given || defaultName(kind, media);
  if (kind === "image" && sniffImage(bytes) === null)
    throw new GatewayError(500, ["Error: Input buffer contains unsupported image format"]);
  return { bytes, fileName, mimeType: typeByEnding(fileName) ?? "false" };
}

/** A document from an address without a name is called after its path, cut at the first dot of the host. */
function defaultName(kind: string, media: string): string {
  if (kind === "image") return "image.png";
  if (kind === "video") return "video.mp4";
  if (kind === "audio") return "audio.mp3";
  const last = media.split("?")[0]?.split("/").at(-1) ?? "";
  return last.includes(".") ? last : (/^https?:\/\/([^./]+)/.exec(media)?.[1] ?? "file");
}

export type VoiceFile = SendFile & { seconds?: number; waveform?: Uint8Array };

/**
 * `sendWhatsAppAudio`: what is no audio becomes an EMPTY voice note without an error; `encoding: false` passes
 * the bytes on as they are. The simulator does not re-code, so a phone plays the format it was given.
 */
export async function voiceFile(request: GatewayRequest): Promise<VoiceFile> {
  const bytes = await bytesOf(request, "audio", false);
  const file = { fileName: "voice.ogg", mimeType: "audio/ogg; codecs=opus" };
  if (request.body.encoding === false) return { ...file, bytes };
  const type = sniffAudio(bytes);
  if (type === null) return { ...file, bytes: new Uint8Array(0) };
  return { ...file, bytes, seconds: audioSeconds(bytes), waveform: waveformOf(bytes) };
}

/** 64 levels from 0 to 100, taken from the bytes: a picture of the file, not of its sound. */
function waveformOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: 64 },
    (_, index) => (bytes[Math.floor((index * bytes.length) / 64)] ?? 0) % 101,
  );
}

export async function plainFile(
  request: GatewayRequest,
  field: "sticker" | "video",
  mimeType: string,
): Promise<SendFile> {
  const bytes = await bytesOf(request, field, field === "sticker");
  if (field === "sticker" && sniffImage(bytes) === null)
    throw new GatewayError(500, ["Error: Input buffer contains unsupported image format"]);
  return { bytes, fileName: field === "sticker" ? "sticker.webp" : "video.mp4", mimeType };
}
