/** What browsers record, best first: WhatsApp's own format, then what Chromium and Safari offer. */
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const ENDINGS: Record<string, string> = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };
/** As many amplitudes as WhatsApp draws. */
const STEPS = 64;
const SAMPLE_MS = 80;

export type Recorded = { file: File; durationS: number; waveform: number[] };

export type Recorder = {
  pause: () => void;
  resume: () => void;
  stop: () => Promise<Recorded>;
  discard: () => void;
  /** Seconds of sound so far. */
  seconds: () => number;
  /** The latest loudness values, 0-100. */
  levels: () => readonly number[];
};

/** Starts recording; rejects without a microphone or the permission to use it. */
export async function startRecording(): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 24_000 });
  const parts: Blob[] = [];
  const stopped = new Promise<void>((resolve) => {
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.addEventListener("stop", () => resolve(), { once: true });
  });
  const meter = listen(stream);
  const clock = stopwatch();
  recorder.start();
  clock.start();
  meter.start();
  const end = () => {
    clock.stop();
    meter.end();
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    pause() {
      recorder.pause();
      clock.stop();
      meter.stop();
    },
    resume() {
      recorder.resume();
      clock.start();
      meter.start();
    },
    async stop() {
      end();
      await stopped;
      const type = recorder.mimeType.split(";")[0] ?? "";
      const name = `voice.${ENDINGS[type] ?? "webm"}`;
      return {
        file: new File(parts, name, { type: recorder.mimeType || type }),
        durationS: Math.max(1, Math.round(clock.seconds())),
        waveform: condensed(meter.levels(), STEPS),
      };
    },
    discard: end,
    seconds: clock.seconds,
    levels: meter.levels,
  };
}

function stopwatch() {
  let before = 0;
  let since: number | null = null;
  return {
    start() {
      since ??= performance.now();
    },
    stop() {
      if (since !== null) before += performance.now() - since;
      since = null;
    },
    seconds: () => (before + (since === null ? 0 : performance.now() - since)) / 1000,
  };
}

function listen(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  const levels: number[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => clearInterval(timer);
  return {
    start() {
      stop();
      timer = setInterval(() => {
        analyser.getByteTimeDomainData(samples);
        const loudest = samples.reduce((max, sample) => Math.max(max, Math.abs(sample - 128)), 0);
        levels.push(Math.min(100, Math.round((loudest / 128) * 160)));
      }, SAMPLE_MS);
    },
    stop,
    end() {
      stop();
      void context.close();
    },
    levels: (): readonly number[] => levels,
  };
}

/** Any number of values as `steps`, each the loudest of what it stands for. */
export function condensed(values: readonly number[], steps: number): number[] {
  if (values.length <= steps) return [...values];
  return Array.from({ length: steps }, (_, step) => {
    const from = Math.floor((step * values.length) / steps);
    const to = Math.max(from + 1, Math.floor(((step + 1) * values.length) / steps));
    return Math.max(...values.slice(from, to));
  });
}
