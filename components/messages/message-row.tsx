"use client";

import { Ban, Bot, KeyRound, Megaphone, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { classes } from "#components/ui/classes.ts";
import { useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import { BubbleFailure } from "./bubbles/failure.tsx";
import { BubblePlaceholder } from "./bubbles/placeholder.tsx";
import { BubbleQuote } from "./bubbles/quote.tsx";
import { BubbleText } from "./bubbles/text.tsx";
import type { LocalMessage } from "./local-message.ts";
import { Ticks } from "./ticks.tsx";

export type MessageActions = {
  retry: (message: LocalMessage) => void;
  edit: (message: LocalMessage) => void;
};

type MessageRowProps = {
  message: LocalMessage;
  startsDay: boolean;
  isFirstUnread: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
  actions: MessageActions;
};

/** One message with the lines above it. Drawn again only when something about it changes. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, startsDay, isFirstUnread, startsGroup } = props;
  const own = message.direction === "outbound";
  return (
    <>
      {startsDay && <DayLine at={message.sentAt} />}
      {isFirstUnread && <UnreadLine />}
      <div
        data-message-id={message.id}
        className={classes(
          "flex px-3 md:px-6 lg:px-10",
          own ? "justify-end" : "justify-start",
          startsGroup ? "pt-2.5" : "pt-[3px]",
        )}
      >
        {message.type === "system" ? <SystemLine message={message} /> : <Bubble {...props} />}
      </div>
    </>
  );
});

function Bubble({ message, startsGroup, endsGroup, actions }: MessageRowProps) {
  const own = message.direction === "outbound";
  const failed = message.status === "failed" || message.status === "unconfirmed";
  return (
    <article
      className={classes(
        "min-w-0 max-w-[min(36rem,86%)] rounded-xl px-3 py-1.5 text-bubble",
        own ? "bg-bubble-out" : "bg-bubble-in ring-1 ring-line/70",
        own ? startsGroup && "rounded-tr-[5px]" : startsGroup && "rounded-tl-[5px]",
        !endsGroup && (own ? "rounded-br-lg" : "rounded-bl-lg"),
        failed && "ring-1 ring-danger/25",
      )}
    >
      <span className="sr-only">
        <AuthorForReaders message={message} />
      </span>
      {own && startsGroup && <AuthorMark message={message} />}
      {message.quoted && !message.deletedAt && <BubbleQuote quoted={message.quoted} />}
      <Content message={message} />
      {failed && <BubbleFailure message={message} onRetry={actions.retry} onEdit={actions.edit} />}
    </article>
  );
}

function Content({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const meta = <Meta message={message} />;
  if (message.deletedAt) {
    return (
      <p className="flow-root text-ink-muted italic">
        <Ban aria-hidden className="me-1.5 -mt-0.5 inline size-4" />
        {t("deleted")}
        {meta}
      </p>
    );
  }
  return (
    <>
      {message.type !== "text" && <BubblePlaceholder message={message} />}
      {message.text ? (
        <BubbleText text={message.text} meta={meta} />
      ) : (
        <div className="flow-root">{meta}</div>
      )}
    </>
  );
}

function Meta({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  return (
    <span
      dir="ltr"
      className="float-right mt-1.5 -mb-0.5 ml-3 flex select-none items-center gap-1 whitespace-nowrap text-ink-muted text-tiny"
    >
      {message.editedAt && !message.deletedAt && <span>{t("edited")}</span>}
      <time dateTime={message.sentAt} title={format.full(message.sentAt)}>
        {format.clock(message.sentAt)}
      </time>
      {message.direction === "outbound" && <Ticks message={message} />}
    </span>
  );
}

const AUTHOR_ICONS = { phone: Smartphone, api: KeyRound, bot: Bot, campaign: Megaphone } as const;

/** Who answered, when it was not the reader. */
function AuthorMark({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { member } = useWorkspace();
  const { kind, id, name } = message.author;
  if (kind === "customer" || (kind === "member" && (id === member.id || !name))) return null;
  const Icon = kind === "member" ? null : AUTHOR_ICONS[kind];
  return (
    <p aria-hidden className="flex items-center gap-1 pb-px font-medium text-accent-text text-small">
      {Icon && <Icon className="size-3.5" />}
      <span className="truncate">{kind === "member" ? name : t(`author.${kind}`)}</span>
    </p>
  );
}

function AuthorForReaders({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { member } = useWorkspace();
  const { kind, id, name } = message.author;
  if (kind === "member" && id === member.id) return `${t("author.you")}: `;
  return `${name ?? t(`author.${kind}`)}: `;
}

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

function SystemLine({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  return (
    <p className="mx-auto max-w-md rounded-lg bg-raised px-3 py-1.5 text-center text-ink-muted text-small ring-1 ring-line">
      {message.text ?? t("types.system")}
    </p>
  );
}
