"use client";

import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { classes } from "#components/ui/classes.ts";
import { useFocusReturn } from "#components/ui/use-focus-return.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import { sourceOf } from "./bubbles/media-state.tsx";
import type { LocalMessage } from "./local-message.ts";

const ZOOMS = [1, 1.5, 2.5, 4] as const;

/** One picture large; arrows go through the thread's pictures, + and - zoom, Escape leaves. */
export function Lightbox({
  messages,
  id,
  onMove,
  onClose,
}: {
  /** Every picture of the thread, oldest first. */
  messages: readonly LocalMessage[];
  id: string;
  onMove: (id: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("inbox");
  const focusReturn = useFocusReturn();
  const [zoom, setZoom] = useState(0);
  const index = messages.findIndex((message) => message.id === id);
  const message = messages[index];
  const source = message && sourceOf(message);
  const step = (by: number) => {
    const next = messages[index + by];
    if (!next) return;
    setZoom(0);
    onMove(next.id);
  };
  const zoomBy = (by: number) => setZoom((now) => Math.min(Math.max(now + by, 0), ZOOMS.length - 1));
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "ArrowLeft" && zoom === 0) step(-1);
    if (key === "ArrowRight" && zoom === 0) step(1);
    if (key === "+" || key === "=") zoomBy(1);
    if (key === "-") zoomBy(-1);
    if (key === "0") setZoom(0);
  };
  if (!message || !source) return null;
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/85" />
        <Radix.Content
          {...focusReturn}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="dark fixed inset-0 z-40 flex animate-fade-in flex-col text-white outline-none"
        >
          <Bar message={message}>
            <Tool label={t("lightbox.zoomOut")} disabled={zoom === 0} onClick={() => zoomBy(-1)}>
              <ZoomOut />
            </Tool>
            <Tool label={t("lightbox.zoomIn")} disabled={zoom === ZOOMS.length - 1} onClick={() => zoomBy(1)}>
              <ZoomIn />
            </Tool>
            {!source.url.startsWith("blob:") && (
              <a
                href={`${source.url}?download=1`}
                download
                aria-label={t("media.download")}
                title={t("media.download")}
                className={TOOL}
              >
                <Download />
              </a>
            )}
            <Radix.Close aria-label={t("lightbox.close")} title={t("lightbox.close")} className={TOOL}>
              <X />
            </Radix.Close>
          </Bar>
          <div className="relative min-h-0 flex-1">
            <Picture
              key={message.id}
              message={message}
              url={source.url}
              zoom={ZOOMS[zoom] ?? 1}
              onToggle={() => setZoom((now) => (now === 0 ? 2 : 0))}
              onLeave={onClose}
            />
            {index > 0 && (
              <Tool
                label={t("lightbox.previous")}
                onClick={() => step(-1)}
                className="absolute top-1/2 left-3"
              >
                <ChevronLeft />
              </Tool>
            )}
            {index < messages.length - 1 && (
              <Tool label={t("lightbox.next")} onClick={() => step(1)} className="absolute top-1/2 right-3">
                <ChevronRight />
              </Tool>
            )}
          </div>
          {message.text && (
            <p dir="auto" className="mx-auto max-h-24 max-w-2xl overflow-y-auto px-4 py-3 text-center">
              {message.text}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Fills the room; larger than it, one scrolls. */
function Picture({
  message,
  url,
  zoom,
  onToggle,
  onLeave,
}: {
  message: LocalMessage;
  url: string;
  zoom: number;
  onToggle: () => void;
  onLeave: () => void;
}) {
  const t = useTranslations("inbox");
  const box = useRef<HTMLDivElement>(null);
  // The middle stays in sight.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || zoom === 1) return;
    element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
  }, [zoom]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape and the button close it, too
    <div
      ref={box}
      className="size-full overflow-auto"
      onClick={(event) => event.target === event.currentTarget && onLeave()}
    >
      {message.type === "video" ? (
        // biome-ignore lint/a11y/useMediaCaption: customers' videos have none
        <video src={url} controls autoPlay playsInline className="size-full object-contain" />
      ) : (
        // biome-ignore lint/performance/noImgElement lint/a11y/useKeyWithClickEvents: a file behind the session; the keys + and - zoom, too
        <img
          src={url}
          alt={message.text ?? t("types.image")}
          draggable={false}
          onClick={onToggle}
          style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}
          className={classes("max-w-none object-contain", zoom === 1 ? "cursor-zoom-in" : "cursor-zoom-out")}
        />
      )}
    </div>
  );
}

function Bar({ message, children }: { message: LocalMessage; children: ReactNode }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const { kind, name } = message.author;
  return (
    <div className="flex items-center gap-1 px-3 py-2">
      <Radix.Title className="min-w-0 flex-1 px-1">
        <span className="block truncate font-medium">{name ?? t(`author.${kind}`)}</span>
        <span className="block text-small text-white/70">{format.full(message.sentAt)}</span>
      </Radix.Title>
      {children}
    </div>
  );
}

const TOOL =
  "flex size-10 items-center justify-center rounded-full bg-black/40 text-white hover:bg-white/15 disabled:opacity-40 [&_svg]:size-5";

function Tool({
  label,
  disabled,
  onClick,
  className,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className={classes(TOOL, className)}
    >
      {children}
    </button>
  );
}
