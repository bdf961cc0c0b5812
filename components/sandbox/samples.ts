import { base64Of } from "./file-base64.ts";

export const SAMPLE_PHOTOS = ["payment", "cake", "shoes"] as const;
export type SamplePhoto = (typeof SAMPLE_PHOTOS)[number];

export const samplePhotoUrl = (name: SamplePhoto) => `/sandbox/${name}.jpg`;

const SAMPLE_VOICE = { url: "/sandbox/voice-note.ogg", mimeType: "audio/ogg; codecs=opus", seconds: 4 };

/** The API takes bodies of a megabyte; base64 makes a file a third larger. */
export const FILE_BYTES_MAX = 700_000;

async function bundled(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} ${response.status}`);
  return response.blob();
}

export async function samplePhoto(name: SamplePhoto) {
  const media = await base64Of(await bundled(samplePhotoUrl(name)));
  return { type: "image", media, mimeType: "image/jpeg", fileName: `${name}.jpg` } as const;
}

export async function sampleVoice() {
  const { url, mimeType, seconds } = SAMPLE_VOICE;
  return {
    type: "voice",
    media: await base64Of(await bundled(url)),
    mimeType,
    fileName: "voice.ogg",
    seconds,
  } as const;
}
