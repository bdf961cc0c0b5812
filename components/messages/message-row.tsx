"use client";

import { Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { classes } from "#components/ui/classes.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import { Bubble } from "./bubble.tsx";
import type { LocalMessage } from "./local-message.ts";
import { sameRow, type ThreadRow } from "./thread-rows.ts";

/** One message with the lines above it. Drawn again only when something about it changes. */
export const MessageRow = memo(function MessageRow(row: ThreadRow) {
  const { message, album, startsDay, isFirstUnread, startsGroup } = row;
  const own = message.direction === "outbound";
  const inAlbum = album !== null && album.length === 0;
  return (
    <>
      {startsDay && <DayLine at={message.sentAt} />}
      {isFirstUnread && <UnreadLine />}
      {!inAlbum && (
        <div
          data-message-id={message.id}
          className={classes(
            "group/row flex rounded-lg px-3 md:px-6 lg:px-10",
            own ? "justify-end" : "justify-start",
            startsGroup ? "pt-2.5" : "pt-[3px]",
          )}
        >
          {message.type === "system" ? <SystemLine message={message} /> : <Bubble row={row} />}
        </div>
      )}
    </>
  );
}, sameRow);

function DayLine({ at }: { at: string }) {
  const format = useFormat();
  return (
    <div className="flex justify-center pt-4 pb-1">
      <span className="rounded-full bg-raised px-3 py-1 font-medium text-ink-muted text-small ring-1 ring-line">
        {format.day(at)}
      </span>
    </div>
  );
}

function UnreadLine() {
  const t = useTranslations("inbox");
  return (
    <div data-first-unread className="flex items-center gap-3 px-3 pt-4 pb-1.5 md:px-6 lg:px-10">
      <span aria-hidden className="h-px flex-1 bg-accent/40" />
      <span className="font-medium text-accent-text text-small">{t("newMessages")}</span>
      <span aria-hidden className="h-px flex-1 bg-accent/40" />
    </div>
  );
}

const SYSTEM_EVENTS = [
  "album",
  "message_pinned",
  "message_unpinned",
  "message_kept",
  "message_unkept",
] as const;

/** What happened in the chat without being a message. */
function SystemLine({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const event = message.details?.kind === "system" ? message.details.event : "";
  const known = SYSTEM_EVENTS.find((name) => name === event);
  const pinned = event.startsWith("message_");
  return (
    <p className="mx-auto flex max-w-md items-center gap-1.5 rounded-lg bg-raised px-3 py-1.5 text-center text-ink-muted text-small ring-1 ring-line">
      {pinned && <Pin aria-hidden className="size-3.5 shrink-0" />}
      {message.text ?? (known ? t(`system.${known}`) : t("types.system"))}
      <time
        dateTime={message.sentAt}
        title={format.full(message.sentAt)}
        className="text-ink-faint text-tiny"
      >
        {format.clock(message.sentAt)}
      </time>
    </p>
  );
}
