"use client";

import { Check, Mic, Paperclip, SendHorizontal, Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { ConversationId } from "#lib/kernel/ids.ts";
import type { OutgoingFile } from "../mutations.ts";
import { readDraft, writeDraft } from "./drafts.ts";
import { type ComposerMode, ModeBar } from "./mode-bar.tsx";
import { TEXT_MAX } from "./text-max.ts";
import { useAttachments } from "./use-attachments.ts";
import { useFileDrop } from "./use-file-drop.ts";

// Not part of the first load: only those who send files or record need them.
const AttachmentTray = dynamic(async () => (await import("./attachment-tray.tsx")).AttachmentTray);
const RecorderBar = dynamic(async () => (await import("./recorder-bar.tsx")).RecorderBar);

export type ComposerHandle = {
  /** Puts a text that could not be sent back, before what is being written now. */
  restore: (text: string) => void;
};

const SEND_LOOK =
  "size-10! rounded-full! bg-accent text-accent-ink! hover:bg-accent-hover disabled:bg-line disabled:text-ink-faint! disabled:opacity-100";

/** Where messages are written, recorded and put together. What is not sent stays with its conversation. */
export function Composer({
  conversationId,
  contactName,
  mode,
  onMode,
  onSend,
  onSendFiles,
  onSaveEdit,
  onLeave,
  ref,
}: {
  conversationId: ConversationId;
  contactName: string;
  /** Answering or changing a message; null while a new one is written. */
  mode: ComposerMode | null;
  onMode: (mode: ComposerMode | null) => void;
  onSend: (text: string) => void;
  onSendFiles: (files: OutgoingFile[]) => void;
  onSaveEdit: (text: string) => void;
  onLeave: () => void;
  ref?: Ref<ComposerHandle>;
}) {
  const t = useTranslations("inbox");
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const editing = mode?.kind === "edit";
  const { text, change, setText } = useWriting(conversationId, mode, field);
  const [recording, setRecording] = useState(false);
  const files = useAttachments();
  const over = useFileDrop((dropped) => void files.add(dropped), !editing && !recording);
  useImperativeHandle(ref, () => ({
    restore(returned) {
      if (returned === "") return;
      change([returned, text].filter(Boolean).join("\n"));
      field.current?.focus();
    },
  }));
  useGrowingHeight(field, text);

  const send = () => {
    const words = text.trim();
    if (words === "") return;
    if (editing) {
      if (words !== mode.message.text) onSaveEdit(words);
      onMode(null);
      setText(readDraft(conversationId));
    } else {
      onSend(words);
      change("");
      onMode(null);
    }
    field.current?.focus();
  };
  const sendFiles = () => {
    const outgoing = files.take();
    if (outgoing.length === 0) return;
    onSendFiles(outgoing);
    onMode(null);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method is composing, Enter and Escape belong to it (229: Safari's way to say so).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      // What is topmost closes first.
      event.stopPropagation();
      if (mode) onMode(null);
      else onLeave();
    }
    // On a touch keyboard Enter is the only way to a new line.
    if (event.key !== "Enter" || event.shiftKey || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || editing) return;
    event.preventDefault();
    void files.add(pasted);
  };
  const pick = () => picker.current?.click();
  const empty = text.trim() === "";
  const aside = recording || files.attachments.length > 0;

  return (
    <>
      {over && <DropHint />}
      {mode && !recording && <ModeBar mode={mode} contactName={contactName} onCancel={() => onMode(null)} />}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-testid="file-picker"
        onChange={({ target }) => {
          void files.add([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      {files.attachments.length > 0 && (
        <AttachmentTray
          attachments={files.attachments}
          onChange={files.change}
          onAdd={pick}
          onSend={sendFiles}
          onCancel={files.clear}
        />
      )}
      {recording && (
        <RecorderBar
          onClose={() => setRecording(false)}
          onSend={({ file, durationS, waveform }) => {
            onSendFiles([{ file, durationS, waveform, type: "voice", caption: "" }]);
            onMode(null);
          }}
        />
      )}
      <form
        className={`items-end gap-1.5 border-line bg-surface px-2 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] md:px-3 ${mode ? "" : "border-t"} ${aside ? "hidden" : "flex"}`}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {!editing && (
          <IconButton label={t("attach.button")} onClick={pick} className="size-10!">
            <Paperclip />
          </IconButton>
        )}
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          maxLength={TEXT_MAX}
          enterKeyHint="enter"
          aria-label={t("composer.label", { name: contactName })}
          placeholder={t("composer.placeholder")}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="max-h-[40dvh] min-h-10 min-w-0 flex-1 resize-none rounded-xl border border-line-strong bg-raised px-3.5 py-2 text-bubble leading-[1.375rem] focus-visible:border-accent focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-accent max-md:text-[1rem]"
        />
        {empty && !editing ? (
          <IconButton label={t("recorder.start")} onClick={() => setRecording(true)} className="size-10!">
            <Mic />
          </IconButton>
        ) : (
          <IconButton
            type="submit"
            label={t(editing ? "composer.saveEdit" : "composer.send")}
            // Keeps the keyboard of a phone open.
            onPointerDown={(event) => event.preventDefault()}
            disabled={empty}
            className={SEND_LOOK}
          >
            {editing ? <Check /> : <SendHorizontal />}
          </IconButton>
        )}
      </form>
    </>
  );
}

/** The draft of this conversation, or the words of the message being changed. */
function useWriting(
  conversationId: ConversationId,
  mode: ComposerMode | null,
  field: RefObject<HTMLTextAreaElement | null>,
) {
  const [text, setText] = useState("");
  const edited = mode?.kind === "edit" ? mode.message : null;
  // The server knows no drafts: the first paint is the empty field.
  useEffect(() => {
    setText(edited ? (edited.text ?? "") : readDraft(conversationId));
  }, [conversationId, edited]);
  useEffect(() => {
    if (mode || matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field, mode]);
  return {
    text,
    setText,
    change(next: string) {
      setText(next);
      if (!edited) writeDraft(conversationId, next);
    },
  };
}

function DropHint() {
  const t = useTranslations("inbox");
  return (
    <div className="pointer-events-none fixed inset-0 z-30 flex items-center justify-center bg-overlay">
      <p className="flex items-center gap-2.5 rounded-xl border-2 border-accent border-dashed bg-raised px-6 py-5 font-medium text-title">
        <Upload aria-hidden className="size-6 text-accent-text" />
        {t("attach.drop")}
      </p>
    </div>
  );
}

function useGrowingHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
    element.style.overflowY = element.scrollHeight > element.clientHeight ? "auto" : "hidden";
  }, [text]);
}
