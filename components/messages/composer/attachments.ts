import { FILE_BYTES_MAX, type FileKind, misfit } from "#lib/domain/media/limits.ts";

/** A file that was picked and may still be taken out, described or moved. */
export type Attachment = {
  id: string;
  file: File;
  type: Exclude<FileKind, "voice" | "sticker">;
  caption: string;
  /** To show it here; null for what has no picture. */
  previewUrl: string | null;
  width?: number;
  height?: number;
  durationS?: number;
  /** Why it cannot be sent. */
  problem: "too_large" | "empty" | null;
};

/** WhatsApp shows no more of a photo anyway. */
const LONGEST_SIDE = 2560;
const QUALITY = 0.87;

/** Picked, pasted or dropped files as they would be sent: what WhatsApp does not take as a photo, video or audio goes as a document. */
export function readAttachments(files: readonly File[]): Promise<Attachment[]> {
  return Promise.all(files.map(readAttachment));
}

async function readAttachment(file: File): Promise<Attachment> {
  const base = { id: crypto.randomUUID(), caption: "", previewUrl: null };
  if (file.size === 0) return { ...base, file, type: "document", problem: "empty" };
  if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
    const photo = await readPhoto(file);
    if (photo) return { ...base, ...photo, type: "image", problem: null };
  }
  const kind = playableKind(file);
  if (kind === "video") {
    const previewUrl = URL.createObjectURL(file);
    return { ...base, file, type: kind, problem: null, ...(await videoFacts(previewUrl)), previewUrl };
  }
  if (kind) return { ...base, file, type: kind, problem: null };
  return { ...base, file, type: "document", problem: file.size > FILE_BYTES_MAX ? "too_large" : null };
}

function playableKind({ type: mimeType, size: sizeBytes }: File): "video" | "audio" | null {
  for (const kind of ["video", "audio"] as const) {
    if (mimeType.startsWith(`${kind}/`) && misfit(kind, { mimeType, sizeBytes }) === null) return kind;
  }
  return null;
}

/** As it is where WhatsApp takes it, else as a JPEG; null when this browser cannot read it. */
async function readPhoto(file: File) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  try {
    const fits = misfit("image", { mimeType: file.type, sizeBytes: file.size }) === null;
    const { width, height } = bitmap;
    const sent = fits ? { file, width, height } : await asJpeg(bitmap, file.name);
    return sent && { ...sent, previewUrl: URL.createObjectURL(sent.file) };
  } finally {
    bitmap.close();
  }
}

async function asJpeg(bitmap: ImageBitmap, name: string) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  // What was transparent would be black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob || misfit("image", { mimeType: blob.type, sizeBytes: blob.size })) return null;
  const file = new File([blob], `${name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  return { file, width: canvas.width, height: canvas.height };
}

function videoFacts(url: string): Promise<{ width?: number; height?: number; durationS?: number }> {
  return new Promise((resolve) => {
    const video = document.createElement("video");
    video.preload = "metadata";
    video.muted = true;
    video.addEventListener("error", () => resolve({}));
    video.addEventListener("loadedmetadata", () => {
      const { videoWidth: width, videoHeight: height, duration } = video;
      resolve({ width, height, ...(Number.isFinite(duration) && { durationS: Math.round(duration) }) });
    });
    video.src = url;
  });
}

/** The list with the item at `from` moved by some places, as far as it goes. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item === undefined) return next;
  next.splice(Math.min(Math.max(from + by, 0), next.length), 0, item);
  return next;
}
