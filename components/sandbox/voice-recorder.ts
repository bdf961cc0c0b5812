export type Recording = { file: Blob; seconds: number };

/** What browsers record, best first: WhatsApp's own format, then what Chromium and Safari offer. */
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export type VoiceRecorder = { stop: () => Promise<Recording>; discard: () => void };

/** Starts recording; rejects without a microphone or the permission to use it. */
export async function startRecording(): Promise<VoiceRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 24_000 } : {});
  const parts: Blob[] = [];
  const startedAt = performance.now();
  const stopped = new Promise<void>((resolve) => {
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.addEventListener("stop", () => resolve(), { once: true });
  });
  recorder.start();
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    async stop() {
      const seconds = Math.max(1, Math.round((performance.now() - startedAt) / 1000));
      recorder.stop();
      await stopped;
      release();
      return { file: new Blob(parts, { type: recorder.mimeType }), seconds };
    },
    discard() {
      recorder.stop();
      release();
    },
  };
}
