"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "#lib/browser/workspace.tsx";
import { conversationsOf } from "./cache.ts";
import { UNREAD } from "./filter.ts";
import { conversationListQuery } from "./queries.ts";

/** How many conversations have something unread, as one says it: `3`, `50+`, or empty. */
export function useUnreadConversations(): string {
  const { data, hasNextPage } = useInfiniteQuery(conversationListQuery(useApi(), UNREAD));
  const count = conversationsOf(data).length;
  if (count === 0) return "";
  return hasNextPage ? `${count}+` : String(count);
}

const COUNT = /^\(\d+\+?\) /u;

/** The count stands before the page's title, also after the title has changed. */
export function useUnreadInTitle(unread: string): void {
  useEffect(() => {
    const apply = () => {
      const title = document.title.replace(COUNT, "");
      const wanted = unread === "" ? title : `(${unread}) ${title}`;
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(COUNT, "");
    };
  }, [unread]);
}
