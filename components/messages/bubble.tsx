"use client";

import { Ban, Bot, ChevronDown, KeyRound, Megaphone, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { BubbleAlbum } from "./bubbles/album.tsx";
import { BubbleAudio } from "./bubbles/audio.tsx";
import { BubbleContacts } from "./bubbles/contacts.tsx";
import { BubbleDocument } from "./bubbles/document.tsx";
import { BubbleFailure } from "./bubbles/failure.tsx";
import { BubbleImage } from "./bubbles/image.tsx";
import { BubbleInteractive } from "./bubbles/interactive.tsx";
import { BubbleLocation } from "./bubbles/location.tsx";
import { MarksAbove, MarksBelow } from "./bubbles/marks.tsx";
import { Meta } from "./bubbles/meta.tsx";
import { BubblePoll } from "./bubbles/poll.tsx";
import { BubbleQuote } from "./bubbles/quote.tsx";
import { BubbleReactions } from "./bubbles/reactions.tsx";
import { BubbleSticker } from "./bubbles/sticker.tsx";
import { BubbleText } from "./bubbles/text.tsx";
import { BubbleUnsupported } from "./bubbles/unsupported.tsx";
import { BubbleVideo } from "./bubbles/video.tsx";
import type { LocalMessage } from "./local-message.ts";
import { useMessageActions } from "./message-actions.tsx";
import type { ThreadRow } from "./thread-rows.ts";
import { useMenuGestures } from "./use-menu-gestures.ts";

/** Kinds whose content reaches the bubble's edges. */
const EDGE_TO_EDGE: readonly LocalMessage["type"][] = ["image", "video"];

export function Bubble({ row }: { row: ThreadRow }) {
  const { message, album, startsGroup, endsGroup, isLast } = row;
  const gestures = useMenuGestures(message);
  const own = message.direction === "outbound";
  const failed = message.status === "failed" || message.status === "unconfirmed";
  const plain = !message.quoted && !message.deletedAt && message.media?.status !== "failed";
  const sticker = message.type === "sticker" && plain;
  const tight = EDGE_TO_EDGE.includes(message.type) && !message.deletedAt;
  return (
    <div className={classes("flex min-w-0 max-w-[min(36rem,86%)] flex-col", own && "items-end")}>
      <article
        {...gestures}
        className={classes(
          "relative min-w-0 max-w-full text-bubble pointer-coarse:select-none",
          tight ? "rounded-xl p-1" : "rounded-xl px-3 py-1.5",
          !sticker && (own ? "bg-bubble-out" : "bg-bubble-in ring-1 ring-line/70"),
          own ? startsGroup && "rounded-tr-[5px]" : startsGroup && "rounded-tl-[5px]",
          !endsGroup && (own ? "rounded-br-lg" : "rounded-bl-lg"),
          failed && "ring-1 ring-danger/25",
        )}
      >
        <span className="sr-only">
          <AuthorForReaders message={message} />
        </span>
        {startsGroup && <AuthorMark message={message} tight={tight} />}
        <MarksAbove message={message} tight={tight} />
        {!message.deletedAt && <BubbleQuote message={message} />}
        <Content message={message} album={album} tight={tight} />
        <MarksBelow message={message} />
        {failed && <BubbleFailure message={message} />}
        <MenuButton message={message} reachable={isLast} />
      </article>
      <BubbleReactions message={message} />
    </div>
  );
}

function Content({
  message,
  album,
  tight,
}: {
  message: LocalMessage;
  album: ThreadRow["album"];
  tight: boolean;
}) {
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
  if (album && album.length > 0) {
    return (
      <>
        <BubbleAlbum messages={album} />
        <div className="px-2 pt-0.5">
          <Meta message={message} place="block" />
        </div>
      </>
    );
  }
  const { text, details, type } = message;
  if (type === "interactive" && details?.kind === "interactive")
    return <BubbleInteractive details={details} text={text} meta={meta} />;
  const words = captionOf(message);
  // Pictures without words have their time on them; the player of a video leaves no room for it.
  const timeOnPicture = type === "image" || (type === "video" && details?.kind === "video" && details.gif);
  return (
    <>
      <File message={message} />
      {words ? (
        <div className={tight ? "px-2 pt-1 pb-0.5" : undefined}>
          <BubbleText text={words} meta={meta} />
        </div>
      ) : (
        (!timeOnPicture || message.media?.status === "failed") && (
          <div className={tight ? "px-1.5" : undefined}>
            <Meta message={message} place="block" />
          </div>
        )
      )}
    </>
  );
}

/** What there is besides words. */
function File({ message }: { message: LocalMessage }) {
  const { type, details, text } = message;
  switch (type) {
    case "image":
      return <BubbleImage message={message} />;
    case "video":
      return <BubbleVideo message={message} />;
    case "audio":
    case "voice":
      return <BubbleAudio message={message} />;
    case "document":
      return <BubbleDocument message={message} />;
    case "sticker":
      return <BubbleSticker message={message} />;
    case "location":
      return details?.kind === "location" ? <BubbleLocation place={details} /> : null;
    case "contacts":
      return details?.kind === "contacts" ? <BubbleContacts contacts={details.contacts} /> : null;
    case "poll":
      return details?.kind === "poll" ? <BubblePoll question={text} poll={details} /> : null;
    case "unsupported":
      return <BubbleUnsupported message={message} />;
    case "text":
    case "interactive":
    case "template":
    case "reaction":
    case "system":
      return null;
  }
}

/** The words below the content; for some kinds the text only repeats, for lists and search, what is shown. */
function captionOf({ type, text, details }: LocalMessage): string | null {
  if (type === "poll" && details) return null;
  if (type === "contacts" && details) return null;
  if (details?.kind === "location" && (text === details.name || text === details.address)) return null;
  return text;
}

/** Appears where the mouse is; the keyboard finds the newest and goes up from there with the arrows. */
function MenuButton({ message, reachable }: { message: LocalMessage; reachable: boolean }) {
  const t = useTranslations("inbox");
  const { menu } = useMessageActions();
  if (message.deletedAt) return null;
  return (
    <button
      type="button"
      data-message-menu
      tabIndex={reachable ? 0 : -1}
      aria-label={t("menu.label")}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        menu(message, { x: left, y: bottom + 4 });
      }}
      className={classes(
        "absolute top-1 right-1 flex size-7 items-center justify-center rounded-full bg-raised/90 text-ink-muted opacity-0 shadow-float ring-1 ring-line",
        "hover:text-ink focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:pointer-events-none pointer-coarse:opacity-0!",
      )}
    >
      <ChevronDown aria-hidden className="size-4" />
    </button>
  );
}

const AUTHOR_ICONS = { phone: Smartphone, api: KeyRound, bot: Bot, campaign: Megaphone } as const;

/** Who wrote, when it was not the reader: a colleague, the phone, a program, or somebody in a group. */
function AuthorMark({ message, tight }: { message: LocalMessage; tight: boolean }) {
  const t = useTranslations("inbox");
  const { member } = useWorkspace();
  const { kind, id, name } = message.author;
  // In a one-to-one chat the customer's name stands above the thread; groups name each author.
  if (kind === "customer" && !name) return null;
  if (kind === "member" && (id === member.id || !name)) return null;
  const Icon = kind === "member" || kind === "customer" ? null : AUTHOR_ICONS[kind];
  return (
    <p
      aria-hidden
      className={classes(
        "flex items-center gap-1 pb-px font-medium text-accent-text text-small",
        tight && "px-2 pt-0.5",
      )}
    >
      {Icon && <Icon className="size-3.5" />}
      <span className="truncate">
        {kind === "member" || kind === "customer" ? name : t(`author.${kind}`)}
      </span>
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
