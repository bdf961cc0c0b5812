"use client";

import { SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import {
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
import { readDraft, writeDraft } from "./drafts.ts";
import { TEXT_MAX } from "./text-max.ts";

export type ComposerHandle = {
  /** Puts a text that could not be sent back, before what is being written now. */
  restore: (text: string) => void;
};

/** Where a reply is written. What is not sent stays with its conversation. */
export function Composer({
  conversationId,
  contactName,
  onSend,
  onLeave,
  ref,
}: {
  conversationId: ConversationId;
  contactName: string;
  onSend: (text: string) => void;
  onLeave: () => void;
  ref?: Ref<ComposerHandle>;
}) {
  const t = useTranslations("inbox");
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const change = (next: string) => {
    setText(next);
    writeDraft(conversationId, next);
  };

  // The server knows no drafts: the first paint is the empty field.
  useEffect(() => {
    setText(readDraft(conversationId));
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [conversationId]);
  useImperativeHandle(ref, () => ({
    restore(returned) {
      change([returned, text].filter(Boolean).join("\n"));
      field.current?.focus();
    },
  }));
  useGrowingHeight(field, text);

  const send = () => {
    if (text.trim() === "") return;
    onSend(text.trim());
    change("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method is composing, Enter and Escape belong to it (229: Safari's way to say so).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") onLeave();
    // On a touch keyboard Enter is the only way to a new line.
    if (event.key !== "Enter" || event.shiftKey || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="flex items-end gap-2 border-line border-t bg-surface px-3 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] md:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
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
        className="max-h-[40dvh] min-h-10 flex-1 resize-none rounded-xl border border-line-strong bg-raised px-3.5 py-2 text-bubble leading-[1.375rem] focus-visible:border-accent focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-accent max-md:text-[1rem]"
      />
      <IconButton
        type="submit"
        label={t("composer.send")}
        // Keeps the keyboard of a phone open.
        onPointerDown={(event) => event.preventDefault()}
        disabled={text.trim() === ""}
        className="size-10! rounded-full! bg-accent text-accent-ink hover:bg-accent-hover hover:text-accent-ink disabled:bg-line disabled:text-ink-faint disabled:opacity-100"
      >
        <SendHorizontal />
      </IconButton>
    </form>
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
