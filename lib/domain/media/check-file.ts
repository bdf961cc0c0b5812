import { parseFile } from "music-metadata";
import type { StagedFile } from "#lib/storage/file-store.ts";
import { baseType } from "./limits.ts";
import { sniffFile } from "./sniff.ts";
import { readPicture } from "./thumbnail.ts";

/** What a file's own bytes tell of it; null where they do not. */
export type FileFacts = {
  mimeType: string;
  width: number | null;
  height: number | null;
  durationS: number | null;
  animated: boolean;
  thumbnail: Uint8Array | null;
};

export async function inspectFile(file: StagedFile, label: string | null): Promise<FileFacts> {
  const mimeType = await sniffFile(file.path, label);
  const facts = { mimeType, width: null, height: null, durationS: null, animated: false, thumbnail: null };
  const picture = await readPicture(file.path, mimeType);
  if (picture) return { ...facts, ...picture };
  if (/^(audio|video)\//.test(mimeType) || mimeType === "application/ogg")
    return { ...facts, ...(await readTracks(file, mimeType)) };
  return facts;
}

/** Beyond this a duration that is not in the header is not counted out from the whole file. */
const COUNTED_BYTES_MAX = 20 * 1024 * 1024;

/** Durations, and whether there is a picture: browsers record voice into containers that look like films. */
async function readTracks(file: StagedFile, mimeType: string): Promise<Partial<FileFacts>> {
  const duration = file.sizeBytes <= COUNTED_BYTES_MAX;
  const parsed = await parseFile(file.path, { duration, skipCovers: true }).catch(() => null);
  if (!parsed) return {};
  const { duration: seconds, hasVideo, hasAudio, trackInfo } = parsed.format;
  const picture = trackInfo.find(({ video }) => video)?.video;
  const soundOnly = hasAudio === true && hasVideo !== true && !picture;
  return {
    ...(soundOnly && { mimeType: mimeType.replace(/^(video|application)\//, "audio/") }),
    ...(seconds !== undefined && Number.isFinite(seconds) && { durationS: Math.round(seconds) }),
    ...(picture?.pixelWidth && picture.pixelHeight && !/^audio\//.test(baseType(mimeType))
      ? { width: picture.pixelWidth, height: picture.pixelHeight }
      : {}),
  };
}
