/** What the bytes of a file say about themselves, as far as the gateway's answers depend on it. */

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(length, bytes.length - from)).toString(
    "latin1",
  );
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function sniffImage(bytes: Uint8Array): string | null {
  if (bytes.length < 12) return null;
  if (bytes[0] === 0x89 && ascii(bytes, 1, 3) === "PNG") return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "image/jpeg";
  if (ascii(bytes, 0, 3) === "GIF") return "image/gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "image/webp";
  if (ascii(bytes, 4, 4) === "ftyp" && /avif|heic|heix|mif1/.test(ascii(bytes, 8, 8))) return "image/avif";
  if (/^\s*(<\?xml|<svg)/.test(ascii(bytes, 0, 100))) return "image/svg+xml";
  return null;
}

export function sniffAudio(bytes: Uint8Array): string | null {
  if (bytes.length < 12) return null;
  if (ascii(bytes, 0, 4) === "OggS") return "audio/ogg; codecs=opus";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WAVE") return "audio/wav";
  if (ascii(bytes, 0, 3) === "ID3" || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0))
    return "audio/mpeg";
  if (ascii(bytes, 0, 4) === "fLaC") return "audio/flac";
  if (ascii(bytes, 4, 4) === "ftyp") return "audio/mp4";
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return "audio/webm";
  return null;
}

function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const data = view(bytes);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (data.getUint8(at) !== 0xff) return null;
    const marker = data.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: data.getUint16(at + 7), height: data.getUint16(at + 5) };
    at += 2 + data.getUint16(at + 2);
  }
  return null;
}

export function imageSize(bytes: Uint8Array): { width: number; height: number } | null {
  const type = sniffImage(bytes);
  if (type === "image/png" && bytes.length >= 24)
    return { width: view(bytes).getUint32(16), height: view(bytes).getUint32(20) };
  if (type === "image/gif")
    return { width: view(bytes).getUint16(6, true), height: view(bytes).getUint16(8, true) };
  return type === "image/jpeg" ? jpegSize(bytes) : null;
}

/** Length in whole seconds; exact for WAV and Ogg Opus, else guessed from a common bit rate. */
export function audioSeconds(bytes: Uint8Array): number {
  const type = sniffAudio(bytes);
  const data = view(bytes);
  if (type === "audio/wav" && bytes.length >= 44)
    return Math.max(1, Math.round((bytes.length - 44) / (data.getUint32(28, true) || 16_000)));
  if (type === "audio/ogg; codecs=opus") {
    const last = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf("OggS");
    if (last >= 0 && last + 14 <= bytes.length)
      return Math.max(1, Math.round(Number(data.getBigInt64(last + 6, true)) / 48_000));
  }
  return Math.max(1, Math.round(bytes.length / 4_000));
}

const TYPES_BY_ENDING: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  "3gp": "video/3gpp",
  mov: "video/quicktime",
  webm: "video/webm",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  m4a: "audio/mp4",
  aac: "audio/aac",
  amr: "audio/amr",
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  json: "application/json",
  xml: "application/xml",
  html: "text/html",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  zip: "application/zip",
  rar: "application/vnd.rar",
  "7z": "application/x-7z-compressed",
  bin: "application/octet-stream",
  vcf: "text/vcard",
  svg: "image/svg+xml",
};

/** The type of a file name's ending; null when the ending says nothing. */
export function typeByEnding(fileName: string): string | null {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return ending ? (TYPES_BY_ENDING[ending] ?? null) : null;
}

export function endingOf(mimeType: string): string {
  const plain = mimeType.split(";")[0]?.trim() ?? "";
  const known = Object.entries(TYPES_BY_ENDING).find(([, type]) => type === plain);
  return plain === "image/jpeg" ? "jpeg" : (known?.[0] ?? "bin");
}
