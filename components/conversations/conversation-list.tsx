"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { useOutbox } from "#components/messages/delivery.ts";
import { threadQuery } from "#components/messages/queries.ts";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { conversationsOf } from "./cache.ts";
import { ConversationRow, ROW_PX } from "./conversation-row.tsx";
import type { ConversationFilter } from "./filter.ts";
import { ListEmpty, ListError, ListSkeleton } from "./list-states.tsx";
import { conversationListQuery } from "./queries.ts";

const OVERSCAN = 12;
const LOAD_AHEAD_ROWS = 25;

export type ConversationListHandle = { focus: () => void };

/** Any number of conversations; only the rows near the window exist. */
export function ConversationList({
  filter,
  selectedId,
  hrefOf,
  onOpen,
  onFilter,
  ref,
}: {
  filter: ConversationFilter;
  selectedId: ConversationId | null;
  hrefOf: (id: ConversationId) => string;
  onOpen: (id: ConversationId) => void;
  onFilter: (filter: ConversationFilter) => void;
  ref?: Ref<ConversationListHandle>;
}) {
  const t = useTranslations("inbox");
  const query = useInfiniteQuery(conversationListQuery(useApi(), filter));
  const rows = useMemo(() => conversationsOf(query.data), [query.data]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The server draws the first rows: the page is whole before any script runs.
    initialRect: { width: 360, height: 900 },
  });
  const items = virtualizer.getVirtualItems();
  useLoadAhead(query, items.at(-1)?.index ?? 0, rows.length);

  const keyboard = useRowKeyboard(rows, selectedId, scroller, (index) => virtualizer.scrollToIndex(index));
  useImperativeHandle(ref, () => ({ focus: keyboard.focusActive }));
  // Scrolled far away with the mouse: the tab stop is what one sees.
  const tabStop = items.some(({ index }) => index === keyboard.activeIndex)
    ? keyboard.activeIndex
    : (items[Math.min(OVERSCAN, items.length - 1)]?.index ?? 0);
  const onIntent = useThreadPrefetch();
  const day = useToday();

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && rows.length === 0) {
    return <ListError error={query.error} pending={query.isFetching} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <ListEmpty filter={filter} onFilter={onFilter} />;
  return (
    <nav
      ref={scroller}
      aria-label={t("listLabel")}
      onKeyDown={keyboard.onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
    >
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const conversation = rows[item.index];
          if (!conversation) return null;
          return (
            <li
              key={item.key}
              aria-setsize={query.hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <ConversationRow
                conversation={conversation}
                href={hrefOf(conversation.id)}
                selected={conversation.id === selectedId}
                active={item.index === tabStop}
                day={day}
                onOpen={onOpen}
                onIntent={onIntent}
                onFocus={keyboard.onFocus}
              />
            </li>
          );
        })}
      </ul>
      {query.isFetchNextPageError ? (
        <button
          type="button"
          className="w-full py-4 text-center text-accent-text text-small hover:underline"
          onClick={() => void query.fetchNextPage()}
        >
          {t("listMoreFailed")}
        </button>
      ) : (
        query.hasNextPage && <p className="py-4 text-center text-ink-faint text-small">{t("listMore")}</p>
      )}
    </nav>
  );
}

function useLoadAhead(
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
  },
  lastShown: number,
  count: number,
) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    const near = lastShown >= count - LOAD_AHEAD_ROWS;
    if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [lastShown, count, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
}

/** One tab stop for the list; arrows or j and k move inside it, Enter follows the link. */
function useRowKeyboard(
  rows: readonly ConversationView[],
  selectedId: ConversationId | null,
  scroller: RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
) {
  const [activeId, setActiveId] = useState<ConversationId | null>(null);
  const indexOf = (id: ConversationId | null) => (id ? rows.findIndex((row) => row.id === id) : -1);
  const known = indexOf(activeId) === -1 ? indexOf(selectedId) : indexOf(activeId);
  const activeIndex = Math.max(known, 0);

  const focusRow = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setActiveId(row.id);
    scrollTo(index);
    // A row that was far away exists after the next frame.
    requestAnimationFrame(() => {
      const link = scroller.current?.querySelector(`[data-conversation-id="${row.id}"]`);
      if (link instanceof HTMLElement) link.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const target =
      step === undefined
        ? { Home: 0, End: rows.length - 1 }[event.key]
        : Math.min(Math.max(activeIndex + step, 0), rows.length - 1);
    if (target === undefined) return;
    event.preventDefault();
    focusRow(target);
  };
  const onFocus = useCallback((id: ConversationId) => setActiveId(id), []);
  return { activeIndex, onKeyDown, onFocus, focusActive: () => focusRow(activeIndex) };
}

const INTENT_MS = 60;

/** Resting on a row loads its thread, so that opening it shows it at once. */
function useThreadPrefetch() {
  const api = useApi();
  const client = useQueryClient();
  const outbox = useOutbox();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (id: ConversationId) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => void client.prefetchInfiniteQuery(threadQuery(api, outbox, id)),
        INTENT_MS,
      );
    },
    [api, client, outbox],
  );
}

/** The day in the tenant's zone; at midnight "16:05" becomes "Yesterday". */
function useToday(): number {
  const format = useFormat();
  const [day, setDay] = useState(() => format.dayKey(Date.now()));
  useEffect(() => {
    const timer = setInterval(() => setDay(format.dayKey(Date.now())), 60_000);
    return () => clearInterval(timer);
  }, [format]);
  return day;
}
