"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { GapLine } from "#components/gaps/gap-line.tsx";
import { gapsAtEnd, placeGaps } from "#components/gaps/place-gaps.ts";
import { gapsQuery } from "#components/gaps/queries.ts";
import { toast } from "#components/ui/toast.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { sourceOf } from "./bubbles/media-state.tsx";
import { messagesOf } from "./cache.ts";
import { useForget, useOutbox } from "./delivery.ts";
import { JumpToNewest } from "./jump-to-newest.tsx";
import type { LocalMessage } from "./local-message.ts";
import { type MessageActions, MessageActionsContext } from "./message-actions.tsx";
import type { MessageTool } from "./message-tools.tsx";
import { useChangeMessage, useReact, useRetry, useRetryMedia } from "./mutations.ts";
import { threadQuery } from "./queries.ts";
import { ThreadBlockView } from "./thread-block.tsx";
import { threadBlocks, threadRows } from "./thread-rows.ts";
import { OlderMessages, ThreadEmpty, ThreadError, ThreadSkeleton } from "./thread-states.tsx";
import { useAttention } from "./use-attention.ts";
import { useErrorText } from "./use-error-text.ts";
import { useJump } from "./use-jump.ts";
import { useThreadScroll } from "./use-thread-scroll.ts";
import { useUnreadMarker } from "./use-unread-marker.ts";

// Fetched with the first menu and the first picture that somebody opens.
const MessageTools = dynamic(async () => (await import("./message-tools.tsx")).MessageTools);
const Lightbox = dynamic(async () => (await import("./lightbox.tsx")).Lightbox);

/** The messages of one conversation. Mount it anew (`key`) for another one. */
export function Thread({
  conversationId,
  contactName,
  unreadCount,
  onAttended,
  onTakeBack,
  onReply,
  onEdit,
  onOpenChat,
}: {
  conversationId: ConversationId;
  contactName: string;
  unreadCount: number;
  /** Somebody is looking at messages that were unread. */
  onAttended: () => Promise<unknown>;
  /** The text of a refused message goes back to where it was written. */
  onTakeBack: (text: string) => void;
  onReply: (message: LocalMessage) => void;
  onEdit: (message: LocalMessage) => void;
  onOpenChat: (phone: string) => void;
}) {
  const t = useTranslations("inbox");
  const { timeZone } = useFormat();
  const query = useInfiniteQuery(threadQuery(useApi(), useOutbox(), conversationId));
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } = query;
  const messages = useMemo(() => messagesOf(data), [data]);
  const { data: gaps } = useQuery(gapsQuery(useApi(), conversationId));
  const places = useMemo(() => placeGaps(gaps ?? [], messages, !hasNextPage), [gaps, messages, hasNextPage]);
  const marker = useUnreadMarker(messages, unreadCount, {
    mayLoadMore: hasNextPage && !isFetchingNextPage && !isFetchNextPageError && (data?.pages.length ?? 0) < 4,
    loadMore: () => void fetchNextPage(),
  });
  const blocks = useMemo(() => {
    const sizes = (data?.pages ?? []).map((page) => page.data.length).reverse();
    return threadBlocks(threadRows(messages, timeZone, marker), sizes);
  }, [data, messages, timeZone, marker]);

  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd, toElement } = useThreadScroll(scroller, content);
  useOpenAt(marker, scroller, toElement);
  useFollowOwn(messages, toEnd);
  useMarkAttended(unreadCount, onAttended);
  const jumpTo = useJump({
    scroller,
    blocks,
    toElement,
    loadOlder: async () => (hasNextPage ? ((await fetchNextPage()).data ?? null) : null),
    onNotFound: () => toast(t("quotedTooOld")),
  });

  const [tool, setTool] = useState<MessageTool | null>(null);
  const [viewed, setViewed] = useState<string | null>(null);
  const toastError = useErrorToast();
  const forget = useForget(conversationId);
  const change = useChangeMessage((error) => toastError(t("change.failed"), error));
  const react = useReact(conversationId, (error) => toastError(t("reactions.failed"), error));
  const actions = useStableActions({
    retry: useRetry(conversationId, () => toast.error(t("retryFailed"))),
    retryMedia: useRetryMedia(() => toast.error(t("retryFailed"))),
    takeBack(message) {
      forget(message);
      onTakeBack(message.text ?? "");
    },
    reply: onReply,
    react: (message, emoji) => react({ message, emoji }),
    view: ({ id }) => setViewed(id),
    jumpTo: (id) => void jumpTo(id),
    openChat: onOpenChat,
    menu: (message, at) => setTool({ kind: "menu", message, at }),
  });

  return (
    <MessageActionsContext value={actions}>
      <div className="relative min-h-0 flex-1 bg-bubble-wall">
        <section
          ref={scroller}
          aria-label={t("threadWith", { name: contactName })}
          onKeyDown={moveBetweenMenus}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
          tabIndex={0}
          className="flex h-full flex-col-reverse overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
        >
          <div ref={content} className="mx-auto w-full max-w-5xl pb-4">
            {query.isPending && <ThreadSkeleton />}
            {query.isError && !data && (
              <ThreadError error={query.error} onRetry={() => void query.refetch()} />
            )}
            {data && messages.length === 0 && <ThreadEmpty />}
            {messages.length > 0 && (
              <OlderMessages
                hasMore={hasNextPage}
                failed={isFetchNextPageError}
                loading={isFetchingNextPage}
                load={() => void fetchNextPage()}
                scroller={scroller}
              />
            )}
            {blocks.map((block, index) => (
              <ThreadBlockView
                key={block.key}
                rows={block.rows}
                gaps={places}
                pinned={index === blocks.length - 1}
                scroller={scroller}
              />
            ))}
            {gapsAtEnd(places).map((gap) => (
              <GapLine key={gap.id} gap={gap} />
            ))}
          </div>
        </section>
        <JumpToNewest messages={messages} atEnd={atEnd} onJump={toEnd} />
      </div>
      {tool && (
        <MessageTools
          tool={tool}
          onTool={setTool}
          onEdit={onEdit}
          onRemove={(message) => change({ message, text: null })}
        />
      )}
      {viewed && (
        <Lightbox
          messages={messages.filter(isViewable)}
          id={viewed}
          onMove={setViewed}
          onClose={() => setViewed(null)}
        />
      )}
    </MessageActionsContext>
  );
}

function isViewable(message: LocalMessage): boolean {
  const picture = message.type === "image" || message.type === "video";
  return picture && message.deletedAt === null && sourceOf(message) !== null;
}

/** What was wanted and why it did not happen. */
function useErrorToast() {
  const errorText = useErrorText();
  return (wish: string, error: Error) => {
    const { code } = asAppError(error);
    toast.error(wish, { description: errorText({ code, title: code, detail: "", action: "" }).title });
  };
}

/** With the focus on a message's menu, the arrows go to the one above and below. */
function moveBetweenMenus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  const from = event.target instanceof Element ? event.target.closest("[data-message-menu]") : null;
  if (step === 0 || !from) return;
  const all: Element[] = [...event.currentTarget.querySelectorAll("[data-message-menu]")];
  const next = all[all.indexOf(from) + step];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** Once, when the thread opens: at the first unread message instead of the end. */
function useOpenAt(
  marker: string | null,
  scroller: RefObject<HTMLElement | null>,
  toElement: (element: Element) => void,
) {
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (opened.current || marker === null) return;
    const line = scroller.current?.querySelector("[data-first-unread]");
    if (!line) return;
    opened.current = true;
    toElement(line);
  });
}

/** What one has just sent is always in sight. */
function useFollowOwn(messages: readonly LocalMessage[], toEnd: () => void) {
  const newest = messages.at(-1);
  const own = newest?.local === "sending" ? newest.id : null;
  const last = useRef(own);
  useLayoutEffect(() => {
    if (own !== null && own !== last.current) toEnd();
    last.current = own;
  }, [own, toEnd]);
}

/** Long enough that passing by with the arrow keys reads nothing. */
const ATTENTION_MS = 400;

function useMarkAttended(unreadCount: number, onAttended: () => Promise<unknown>) {
  const attentive = useAttention();
  const attended = useEffectEvent(onAttended);
  const failures = useRef(0);
  useEffect(() => {
    if (!attentive || unreadCount === 0) return;
    // A count that comes back because it could not be saved is tried ever more rarely.
    const wait = ATTENTION_MS * 2 ** Math.min(failures.current, 8);
    const timer = setTimeout(() => {
      attended().then(
        () => {
          failures.current = 0;
        },
        () => {
          failures.current += 1;
        },
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [attentive, unreadCount]);
}

/** The same object for the life of the thread, so that no row is drawn again because of it. */
function useStableActions(actions: MessageActions): MessageActions {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  return useMemo(
    () => ({
      retry: (message) => latest.current.retry(message),
      retryMedia: (message) => latest.current.retryMedia(message),
      takeBack: (message) => latest.current.takeBack(message),
      reply: (message) => latest.current.reply(message),
      react: (message, emoji) => latest.current.react(message, emoji),
      view: (message) => latest.current.view(message),
      jumpTo: (id) => latest.current.jumpTo(id),
      openChat: (phone) => latest.current.openChat(phone),
      menu: (message, at) => latest.current.menu(message, at),
    }),
    [],
  );
}
