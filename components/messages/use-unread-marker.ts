"use client";

import { useEffect, useRef, useState } from "react";
import type { LocalMessage } from "./local-message.ts";
import { firstUnread } from "./thread-rows.ts";
import { isAttentive } from "./use-attention.ts";

/**
 * Which message the "new messages" line stands above: the first that was unread when the thread was
 * opened, later the first that came while nobody was looking. Answering takes the line away.
 */
export function useUnreadMarker(
  messages: readonly LocalMessage[],
  unreadCount: number,
  older: { mayLoadMore: boolean; loadMore: () => void },
): string | null {
  const [atOpening] = useState(unreadCount);
  const [marker, setMarker] = useState<string | null>(() => firstUnread(messages, atOpening));
  const settled = useRef(marker !== null || atOpening === 0);
  const newest = messages.at(-1);
  const seen = useRef(newest?.id);
  const away = useRef(false);

  useEffect(() => {
    if (settled.current || messages.length === 0) return;
    const found = firstUnread(messages, atOpening);
    if (found === null && older.mayLoadMore) {
      older.loadMore();
      return;
    }
    settled.current = true;
    // More than is loaded: the line stands at the oldest one there is.
    setMarker(found ?? messages.find(({ direction }) => direction === "inbound")?.id ?? null);
  });

  useEffect(() => {
    if (!newest || newest.id === seen.current) return;
    const first = seen.current === undefined;
    seen.current = newest.id;
    if (first) return;
    if (newest.direction === "outbound") {
      if (newest.author.kind === "member") setMarker(null);
      away.current = false;
    } else if (isAttentive()) away.current = false;
    else if (!away.current) {
      away.current = true;
      setMarker(newest.id);
    }
  }, [newest]);

  return marker;
}
