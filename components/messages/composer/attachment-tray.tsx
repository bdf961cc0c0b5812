"use client";

import { ArrowDown, ArrowUp, FileText, Music, Plus, SendHorizontal, Video, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classes } from "#components/ui/classes.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import { fileSize } from "../bubbles/box.ts";
import { type Attachment, moved } from "./attachments.ts";

const CAPTION_MAX = 1024;

/** Picked files before they are sent: looked at, described, put in order, taken out. */
export function AttachmentTray({
  attachments,
  onChange,
  onAdd,
  onSend,
  onCancel,
}: {
  attachments: readonly Attachment[];
  onChange: (attachments: Attachment[]) => void;
  onAdd: () => void;
  onSend: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations("inbox");
  const box = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const sendable = attachments.filter(({ problem }) => problem === null).length;

  const move = (index: number, by: number) => onChange(moved(attachments, index, by));
  const remove = (id: string) => onChange(attachments.filter((attachment) => attachment.id !== id));
  const onDragOver = (event: DragEvent, index: number) => {
    if (dragged === null) return;
    event.preventDefault();
    if (dragged === index) return;
    move(dragged, index - dragged);
    setDragged(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
    if (event.key !== "Enter" || event.shiftKey || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (sendable > 0) onSend();
  };

  return (
    <section
      aria-label={t("attach.title")}
      onKeyDown={onKeyDown}
      className="animate-rise-in border-line border-t bg-surface px-3 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] md:px-4"
    >
      <div className="flex items-center justify-between pb-1.5">
        <h3 className="font-medium">{t("attach.count", { count: attachments.length })}</h3>
        <IconButton size="sm" label={t("attach.cancel")} onClick={onCancel}>
          <X />
        </IconButton>
      </div>
      <ul ref={box} className="flex max-h-[42dvh] flex-col gap-1.5 overflow-y-auto">
        {attachments.map((attachment, index) => (
          <li
            key={attachment.id}
            draggable={attachments.length > 1}
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => onDragOver(event, index)}
            onDragEnd={() => setDragged(null)}
            className={classes(
              "flex items-center gap-2.5 rounded-lg border border-line bg-raised p-2",
              dragged === index && "opacity-60",
            )}
          >
            <Preview attachment={attachment} />
            <div className="min-w-0 flex-1">
              <AttachmentName attachment={attachment} />
              {attachment.problem ? (
                <p role="alert" className="text-danger-text text-small">
                  {t(`attach.${attachment.problem}`)}
                </p>
              ) : (
                attachment.type !== "audio" && (
                  <input
                    dir="auto"
                    value={attachment.caption}
                    maxLength={CAPTION_MAX}
                    // biome-ignore lint/a11y/noAutofocus: the tray has just been opened to write this
                    autoFocus={index === 0 && matchMedia("(pointer: fine)").matches}
                    aria-label={t("attach.captionOf", { name: attachment.file.name })}
                    placeholder={t("attach.caption")}
                    onChange={({ target }) =>
                      onChange(
                        attachments.map((known) =>
                          known.id === attachment.id ? { ...known, caption: target.value } : known,
                        ),
                      )
                    }
                    className="mt-1 h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-base focus-visible:border-accent focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-accent max-md:text-[1rem]"
                  />
                )
              )}
            </div>
            {attachments.length > 1 && (
              <div className="flex flex-col">
                <IconButton
                  size="sm"
                  side="left"
                  label={t("attach.up")}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <ArrowUp />
                </IconButton>
                <IconButton
                  size="sm"
                  side="left"
                  label={t("attach.down")}
                  disabled={index === attachments.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown />
                </IconButton>
              </div>
            )}
            <IconButton
              size="sm"
              side="left"
              label={t("attach.remove", { name: attachment.file.name })}
              onClick={() => remove(attachment.id)}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex justify-between gap-2 pt-2.5">
        <Button onClick={onAdd}>
          <Plus aria-hidden />
          {t("attach.more")}
        </Button>
        <Button variant="primary" disabled={sendable === 0} onClick={onSend}>
          {t("attach.send", { count: sendable })}
          <SendHorizontal aria-hidden />
        </Button>
      </div>
    </section>
  );
}

function Preview({ attachment: { type, previewUrl } }: { attachment: Attachment }) {
  const Icon = type === "video" ? Video : type === "audio" ? Music : FileText;
  return (
    <span className="flex size-16 shrink-0 items-center justify-center overflow-hidden rounded-md bg-ink/6 text-ink-muted">
      {type === "image" && previewUrl ? (
        // biome-ignore lint/performance/noImgElement: a file of this browser
        <img src={previewUrl} alt="" draggable={false} className="size-full object-cover" />
      ) : type === "video" && previewUrl ? (
        <video src={previewUrl} muted preload="metadata" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className="size-6" />
      )}
    </span>
  );
}

function AttachmentName({ attachment }: { attachment: Attachment }) {
  const t = useTranslations("inbox");
  const { locale } = useFormat();
  const { file, type } = attachment;
  return (
    <p className="flex items-baseline gap-2">
      <span dir="auto" className="truncate font-medium text-small">
        {file.name}
      </span>
      <span className="shrink-0 text-ink-muted text-tiny">
        {t(`types.${type}`)} · {fileSize(file.size, locale)}
      </span>
    </p>
  );
}
