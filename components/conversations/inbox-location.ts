"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { type ConversationId, isId } from "#lib/kernel/ids.ts";
import { type ConversationFilter, filterFromUrl, filterToUrl } from "./filter.ts";

/**
 * Where one is in the inbox: the URL holds the open conversation and the filter. Going from one to the
 * next changes the address alone, without asking the server for a page, so it is immediate.
 */
export function useInboxLocation() {
  const { tenant } = useWorkspace();
  const pathname = usePathname();
  const params = useSearchParams();
  const base = `/${tenant.slug}/inbox`;
  const last = pathname.startsWith(`${base}/`) ? decodeURIComponent(pathname.slice(base.length + 1)) : null;
  const filter = useMemo(() => filterFromUrl(params), [params]);
  const search = filterToUrl(filter);

  const hrefOf = useCallback(
    (id: ConversationId | null) => (id ? `${base}/${id}${search}` : `${base}${search}`),
    [base, search],
  );
  const open = useCallback(
    (id: ConversationId | null) => {
      if (window.location.pathname + window.location.search !== hrefOf(id)) {
        window.history.pushState(null, "", hrefOf(id));
      }
    },
    [hrefOf],
  );
  const moveTo = useCallback(
    (id: ConversationId) => window.history.replaceState(null, "", hrefOf(id)),
    [hrefOf],
  );
  const setFilter = useCallback(
    (next: ConversationFilter) =>
      window.history.replaceState(null, "", `${window.location.pathname}${filterToUrl(next)}`),
    [],
  );
  return {
    /** Null in the list alone. An address that is no id shows as a conversation that does not exist. */
    selected: last === null || last === "" ? null : last,
    selectedId: isId("conversation", last) ? last : null,
    filter,
    hrefOf,
    open,
    moveTo,
    setFilter,
  };
}
