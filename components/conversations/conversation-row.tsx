"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import { plainPreview } from "#components/messages/formatting.ts";
import { MessageTypeIcon } from "#components/messages/message-type.tsx";
import { TickIcon } from "#components/messages/tick-icon.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { CountBadge } from "#components/ui/badge.tsx";
import { classes } from "#components/ui/classes.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import { contactName } from "./contact-name.ts";

export const ROW_PX = 68;

/** One line of the list. `day` only makes it draw again when the words for times change. */
export const ConversationRow = memo(function ConversationRow({
  conversation,
  href,
  selected,
  active,
  onOpen,
  onIntent,
  onFocus,
}: {
  conversation: ConversationView;
  href: string;
  selected: boolean;
  /** The one that the keyboard reaches. */
  active: boolean;
  day: number;
  onOpen: (id: ConversationView["id"]) => void;
  /** About to be opened: time to load it. */
  onIntent: (id: ConversationView["id"]) => void;
  onFocus: (id: ConversationView["id"]) => void;
}) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const { id, contact, unreadCount, lastMessageAt } = conversation;
  const { text: name } = contactName(contact, t("noName"));
  const unread = unreadCount > 0;
  const open = (event: MouseEvent) => {
    // With a modifier the browser opens a tab or a window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(id);
  };
  return (
    <a
      href={href}
      data-conversation-id={id}
      aria-current={selected ? "page" : undefined}
      tabIndex={active ? 0 : -1}
      onClick={open}
      onPointerEnter={() => onIntent(id)}
      onFocus={() => onFocus(id)}
      className={classes(
        "flex h-[68px] items-center gap-3 pr-3.5 pl-3 transition-colors duration-75 focus-visible:outline-offset-[-2px]",
        selected ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <Avatar name={name} seed={contact.id} src={contact.pictureUrl} kind={contact.kind} />
      <span className="flex h-full min-w-0 flex-1 flex-col justify-center gap-0.5">
        <span className="flex items-baseline gap-2">
          <span
            dir="auto"
            className={classes("min-w-0 flex-1 truncate text-left", unread ? "font-semibold" : "font-medium")}
          >
            {name}
          </span>
          <time
            dateTime={lastMessageAt}
            title={format.full(lastMessageAt)}
            suppressHydrationWarning
            className={classes(
              "shrink-0 text-small",
              unread ? "font-medium text-accent-text" : "text-ink-faint",
            )}
          >
            {format.listTime(lastMessageAt)}
          </time>
        </span>
        <span className="flex h-5 items-center gap-2">
          <Preview conversation={conversation} />
          <CountBadge count={unreadCount} label={t("unread", { count: unreadCount })} />
        </span>
      </span>
    </a>
  );
});

function Preview({ conversation }: { conversation: ConversationView }) {
  const t = useTranslations("inbox");
  const { lastMessage, unreadCount } = conversation;
  if (!lastMessage) return <span className="min-w-0 flex-1" />;
  const { direction, status, type, text } = lastMessage;
  const words = [type === "text" ? null : t(`types.${type}`), text && plainPreview(text)].filter(Boolean);
  return (
    <span
      className={classes(
        "flex min-w-0 flex-1 items-center gap-1",
        unreadCount > 0 ? "text-ink" : "text-ink-muted",
      )}
    >
      {direction === "outbound" && words.length > 0 && (
        <TickIcon status={status} label={t(`status.${status}`)} />
      )}
      <MessageTypeIcon type={type} className="size-4 shrink-0 text-ink-faint" />
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {words.length > 0 ? words.join(" · ") : t("deletedPreview")}
      </span>
    </span>
  );
}
