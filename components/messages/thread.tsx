"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from "react";
import { toast } from "#components/ui/toast.tsx";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { messagesOf } from "./cache.ts";
import { JumpToNewest } from "./jump-to-newest.tsx";
import type { LocalMessage } from "./local-message.ts";
import { useFailedMessage, useOutbox } from "./mutations.ts";
import { threadQuery } from "./queries.ts";
import { ThreadBlockView } from "./thread-block.tsx";
import { threadBlocks, threadRows } from "./thread-rows.ts";
import { OlderMessages, ThreadEmpty, ThreadError, ThreadSkeleton } from "./thread-states.tsx";
import { useAttention } from "./use-attention.ts";
import { useThreadScroll } from "./use-thread-scroll.ts";
import { useUnreadMarker } from "./use-unread-marker.ts";

/** The messages of one conversation. Mount it anew (`key`) for another one. */
export function Thread({
  conversationId,
  contactName,
  unreadCount,
  onAttended,
  onEdit,
}: {
  conversationId: ConversationId;
  contactName: string;
  unreadCount: number;
  /** Somebody is looking at messages that were unread. */
  onAttended: () => Promise<unknown>;
  /** The text of a refused message goes back to where it was written. */
  onEdit: (text: string) => void;
}) {
  const t = useTranslations("inbox");
  const { timeZone } = useFormat();
  const query = useInfiniteQuery(threadQuery(useApi(), useOutbox(), conversationId));
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } = query;
  const messages = useMemo(() => messagesOf(data), [data]);
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

  const { retry, discard } = useFailedMessage(conversationId, () => toast.error(t("retryFailed")));
  const actions = useStableActions(retry, (message) => {
    discard(message);
    onEdit(message.text ?? "");
  });

  return (
    <div className="relative min-h-0 flex-1 bg-bubble-wall">
      <section
        ref={scroller}
        aria-label={t("threadWith", { name: contactName })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
        tabIndex={0}
        className="flex h-full flex-col-reverse overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
      >
        <div ref={content} className="mx-auto w-full max-w-5xl pb-4">
          {query.isPending && <ThreadSkeleton />}
          {query.isError && !data && <ThreadError error={query.error} onRetry={() => void query.refetch()} />}
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
              pinned={index === blocks.length - 1}
              scroller={scroller}
              actions={actions}
            />
          ))}
        </div>
      </section>
      <JumpToNewest messages={messages} atEnd={atEnd} onJump={toEnd} />
    </div>
  );
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
function useStableActions(retry: (message: LocalMessage) => void, edit: (message: LocalMessage) => void) {
  const latest = useRef({ retry, edit });
  useEffect(() => {
    latest.current = { retry, edit };
  });
  return useMemo(
    () => ({
      retry: (message: LocalMessage) => latest.current.retry(message),
      edit: (message: LocalMessage) => latest.current.edit(message),
    }),
    [],
  );
}
