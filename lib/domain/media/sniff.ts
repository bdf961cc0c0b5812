import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { baseType } from "./limits.ts";

/** One name per type, as WhatsApp and browsers know it. */
const SAME_AS: Record<string, string> = {
  "audio/x-m4a": "audio/mp4",
  "audio/vnd.wave": "audio/wav",
  "audio/x-flac": "audio/flac",
  "video/x-m4v": "video/mp4",
  "video/matroska": "video/x-matroska",
};

/** Containers whose content only the sender's label tells apart. Nothing among these is ever opened by a browser. */
const REFINED_BY_LABEL: Record<string, RegExp> = {
  "application/x-cfb": /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook|project)|vnd\.visio)$/,
  "application/zip": /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\.[a-z.-]+$/,
  "text/plain": /^text\/(csv|vcard|calendar)$/,
};

export const UNKNOWN_TYPE = "application/octet-stream";

/** What a file is by its bytes. The label chooses only between types that are the same bytes. */
export async function sniffFile(path: string, label: string | null): Promise<string> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  const mimeType = found ? (SAME_AS[found.mime] ?? found.mime) : await textOrUnknown(path);
  const claimed = baseType(label);
  return REFINED_BY_LABEL[mimeType]?.test(claimed) ? claimed : mimeType;
}

const LOOK_BYTES = 64 * 1024;

/** Markup stays unknown: nobody may come to read it as a page of ours. */
async function textOrUnknown(path: string): Promise<string> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    // A letter may be cut at the end of what is looked at: `stream` forgives that.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead), {
      stream: bytesRead === LOOK_BYTES,
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    const binary = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
    return binary || text === "" || /^\s*</.test(text) ? UNKNOWN_TYPE : "text/plain";
  } catch {
    return UNKNOWN_TYPE;
  } finally {
    await handle.close();
  }
}
