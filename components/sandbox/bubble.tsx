"use client";

import { Ban, CircleAlert, Clock, FileText, ImageIcon, MapPin, Mic, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { classes } from "#components/ui/classes.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { ShownMessage } from "#lib/domain/sandbox/schema.ts";
import { mediaPath, Photo, VoiceNote } from "./media.tsx";
import type { OutgoingDraft } from "./thread.ts";
import { Ticks } from "./ticks.tsx";

/** One message as the customer's phone shows it: their own at the right. */
export const Bubble = memo(function Bubble({
  message,
  quoted,
  first,
  channelId,
  phone,
  onPlayed,
}: {
  message: ShownMessage;
  quoted: ShownMessage | undefined;
  first: boolean;
  channelId: string;
  phone: string;
  onPlayed: () => void;
}) {
  const t = useTranslations("sandbox.chat");
  const format = useFormat();
  const own = message.from === "customer";
  return (
    <li
      className={classes("flex flex-col px-3", own ? "items-end" : "items-start", first ? "mt-2" : "mt-0.5")}
      data-from={message.from}
      data-message={message.id}
    >
      <Frame own={own}>
        {quoted && <Quote message={quoted} />}
        {message.deletedAt ? (
          <p className="flex items-center gap-1.5 text-ink-muted italic">
            <Ban aria-hidden className="size-3.5" />
            {t("deleted")}
          </p>
        ) : (
          <Content message={message} path={mediaPath(channelId, phone, message.id)} onPlayed={onPlayed} />
        )}
        <Foot>
          {message.editedAt && !message.deletedAt && <span>{t("edited")}</span>}
          <time dateTime={message.at} title={format.full(message.at)}>
            {format.clock(message.at)}
          </time>
          {own && <Ticks status={message.status} />}
        </Foot>
      </Frame>
      {message.reactions.length > 0 && (
        <span className="-mt-2 rounded-full border border-line bg-raised px-1.5 text-small">
          {message.reactions.map(({ emoji }) => emoji).join(" ")}
        </span>
      )}
    </li>
  );
});

/** On its way to the gateway; a failed one is sent again with a tap. */
export function DraftBubble({ draft, onRetry }: { draft: OutgoingDraft; onRetry: () => void }) {
  const t = useTranslations("sandbox");
  return (
    <li className="mt-0.5 flex flex-col items-end px-3">
      <Frame own>
        {draft.type === "text" ? (
          <Words text={draft.text ?? ""} />
        ) : (
          <p className="flex items-center gap-1.5">
            {draft.type === "image" ? <ImageIcon className="size-4" /> : <Mic className="size-4" />}
            {draft.text || t(`message.${draft.type}`)}
          </p>
        )}
        <Foot>
          {draft.failed ? (
            <CircleAlert aria-hidden className="size-3.5 text-danger-text" />
          ) : (
            <Clock aria-label={t("status.pending")} className="size-3.5 text-ink-faint" />
          )}
        </Foot>
      </Frame>
      {draft.failed && (
        <button type="button" onClick={onRetry} className="mt-0.5 text-danger-text text-small">
          {t("chat.notSent")}
        </button>
      )}
    </li>
  );
}

function Frame({ own, children }: { own: boolean; children: ReactNode }) {
  return (
    <div
      className={classes(
        "flex min-w-16 max-w-[84%] flex-col rounded-lg px-2.5 pt-1.5 pb-1 text-bubble",
        own ? "rounded-tr-sm bg-bubble-out" : "rounded-tl-sm bg-bubble-in",
      )}
    >
      {children}
    </div>
  );
}

function Foot({ children }: { children: ReactNode }) {
  return (
    <span className="tabular mt-px flex items-center gap-1 self-end text-ink-muted text-tiny">
      {children}
    </span>
  );
}

function Words({ text }: { text: string }) {
  return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>;
}

function Content({ message, path, onPlayed }: { message: ShownMessage; path: string; onPlayed: () => void }) {
  const caption = message.text ? <Words text={message.text} /> : null;
  switch (message.type) {
    case "text":
    case "interactive":
      return caption;
    case "image":
    case "sticker":
      return (
        <>
          {message.media && <Photo path={path} />}
          {caption && <div className="mt-1">{caption}</div>}
        </>
      );
    case "voice":
    case "audio":
      return <VoiceNote path={path} seconds={message.seconds} onPlayed={onPlayed} />;
    default:
      return <Other message={message} />;
  }
}

function Other({ message }: { message: ShownMessage }) {
  const name = useTypeName();
  const detail =
    message.media?.fileName ??
    message.location?.name ??
    message.contacts?.map((contact) => contact.name).join(", ") ??
    null;
  return (
    <div>
      <p className="flex items-center gap-1.5">
        {message.type === "location" ? (
          <MapPin aria-hidden className="size-4 shrink-0" />
        ) : message.type === "contacts" ? (
          <User aria-hidden className="size-4 shrink-0" />
        ) : (
          <FileText aria-hidden className="size-4 shrink-0" />
        )}
        <span className="min-w-0 truncate">{detail ?? name(message.type)}</span>
      </p>
      {message.text && <Words text={message.text} />}
      {message.options && (
        <ul className="mt-1 list-inside list-disc text-small">
          {message.options.map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Quote({ message }: { message: ShownMessage }) {
  const preview = usePreview();
  return (
    <p className="mb-1 line-clamp-2 rounded-sm border-accent border-l-3 bg-canvas/60 px-2 py-1 text-ink-muted text-small">
      {preview(message)}
    </p>
  );
}

const NAMED = ["image", "voice", "audio", "video", "document", "sticker", "location", "contacts"] as const;

function useTypeName(): (type: string) => string {
  const t = useTranslations("sandbox.message");
  return (type) => {
    const named = NAMED.find((name) => name === type);
    return named ? t(named) : t("other");
  };
}

/** A message in one line. */
export function usePreview(): (message: ShownMessage) => string {
  const t = useTranslations("sandbox.chat");
  const name = useTypeName();
  return (message) => {
    if (message.deletedAt) return t("deleted");
    return message.text || name(message.type);
  };
}
