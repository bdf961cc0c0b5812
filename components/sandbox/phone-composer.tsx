"use client";

import { Mic, SendHorizontal, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import type { WriteAsCustomer } from "#lib/domain/sandbox/schema.ts";
import { base64Of } from "./file-base64.ts";
import { PhotoMenu } from "./photo-menu.tsx";
import { FILE_BYTES_MAX, sampleVoice } from "./samples.ts";
import { useTyping } from "./use-typing.ts";
import { startRecording, type VoiceRecorder } from "./voice-recorder.ts";

export type PhoneWriting = WriteAsCustomer extends infer M
  ? M extends unknown
    ? Omit<M, "name">
    : never
  : never;

const ROUND =
  "flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink hover:bg-accent-hover disabled:opacity-50";

/** What the customer writes with: words, a photo, a voice note. */
export function PhoneComposer({
  customerName,
  disabled,
  onSend,
  onTyping,
}: {
  customerName: string;
  disabled: boolean;
  onSend: (message: PhoneWriting) => void;
  onTyping: (presence: "composing" | "recording" | "paused") => void;
}) {
  const t = useTranslations("sandbox.chat");
  const [text, setText] = useState("");
  const [recorder, setRecorder] = useState<VoiceRecorder | null>(null);
  const typing = useTyping(onTyping);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "" || disabled) return;
    onSend({ type: "text", text: text.trim() });
    setText("");
    typing.stop();
  }

  async function record() {
    try {
      setRecorder(await startRecording());
      onTyping("recording");
    } catch {
      // No microphone, or no permission: practice goes on with a sample.
      onSend(await sampleVoice());
      toast(t("microphoneBlocked"));
    }
  }

  async function finish(send: boolean) {
    if (!recorder) return;
    setRecorder(null);
    onTyping("paused");
    if (!send) return recorder.discard();
    const { file, seconds } = await recorder.stop();
    if (file.size > FILE_BYTES_MAX) return void toast.error(t("fileTooLarge"));
    onSend({ type: "voice", media: await base64Of(file), mimeType: file.type, fileName: "voice", seconds });
  }

  if (recorder) return <Recording onFinish={(send) => void finish(send)} />;
  return (
    <form onSubmit={submit} className="flex items-end gap-1 bg-surface px-2 py-2">
      <PhotoMenu disabled={disabled} onSend={onSend} />
      <textarea
        rows={1}
        value={text}
        disabled={disabled}
        aria-label={t("placeholder", { name: customerName })}
        placeholder={t("placeholder", { name: customerName })}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value) typing.type();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        className="field-sizing-content max-h-28 min-h-10 min-w-0 flex-1 resize-none rounded-[20px] border border-line-strong bg-raised px-3.5 py-2 text-bubble focus-visible:outline-offset-0 disabled:opacity-60 max-md:text-[1rem]"
      />
      {text.trim() ? (
        <button type="submit" disabled={disabled} aria-label={t("send")} title={t("send")} className={ROUND}>
          <SendHorizontal className="size-5" />
        </button>
      ) : (
        <button
          type="button"
          disabled={disabled}
          aria-label={t("record")}
          title={t("record")}
          onClick={() => void record()}
          className={ROUND}
        >
          <Mic className="size-5" />
        </button>
      )}
    </form>
  );
}

function Recording({ onFinish }: { onFinish: (send: boolean) => void }) {
  const t = useTranslations("sandbox.chat");
  const [seconds, setSeconds] = useState(0);
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    stop.current?.focus();
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="flex h-14 items-center gap-3 bg-surface px-2">
      <button
        type="button"
        aria-label={t("discard")}
        title={t("discard")}
        onClick={() => onFinish(false)}
        className="flex size-9 items-center justify-center rounded-full text-danger-text hover:bg-hover"
      >
        <Trash2 className="size-5" />
      </button>
      <span className="size-2.5 animate-shimmer rounded-full bg-danger" aria-hidden />
      <span role="status" className="flex-1">
        {t("recording")}
      </span>
      <span className="tabular text-ink-muted">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
      </span>
      <button
        ref={stop}
        type="button"
        aria-label={t("stop")}
        title={t("stop")}
        onClick={() => onFinish(true)}
        className={ROUND}
      >
        <SendHorizontal className="size-5" />
      </button>
    </div>
  );
}
