"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Inbox, ListTree, RotateCw, Search } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { InboundEventFilter, InboundEventPage } from "#lib/domain/inbound-events/schema.ts";
import type { InboundEventId } from "#lib/kernel/ids.ts";
import { EventFilters } from "./event-filters.tsx";
import { EventSheet } from "./event-sheet.tsx";
import { EventTable } from "./event-table.tsx";
import {
  apiFilter,
  EVERYTHING,
  type EventFilter,
  filterFromUrl,
  filterToUrl,
  isFiltered,
  since,
  upTo,
} from "./filter.ts";
import { eventListQuery, newEventsQuery } from "./queries.ts";
import { ReplayDialog, type ReplayTarget } from "./replay-dialog.tsx";
import { RetentionCard } from "./retention-card.tsx";

/** `asOf`: the server's moment of loading. What arrives later is counted, and shown when asked for. */
export function EventLog({ asOf }: { asOf: string }) {
  const t = useTranslations("events");
  const { member } = useWorkspace();
  if (member.role === "agent") {
    return (
      <EmptyState icon={<ListTree />} title={t("notAllowed")}>
        {t("notAllowedHint")}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <header>
        <h1 className="font-semibold text-display">{t("title")}</h1>
        <p className="mt-1 text-ink-muted">{t("lead")}</p>
      </header>
      <Log loadedAt={asOf} />
      <RetentionCard />
    </div>
  );
}

function Log({ loadedAt }: { loadedAt: string }) {
  const params = useSearchParams();
  const filter = useMemo(() => filterFromUrl(params), [params]);
  const { timeZone } = useFormat();
  const [asOf, setAsOf] = useState(loadedAt);
  const serverNow = useServerClock(loadedAt);
  const asked = useMemo(() => apiFilter(filter, timeZone), [filter, timeZone]);
  const [selected, setSelected] = useState<ReadonlySet<InboundEventId>>(new Set());
  const [open, setOpen] = useState<InboundEventId | null>(null);
  const [replaying, setReplaying] = useState<ReplayTarget | null>(null);

  function setFilter(next: EventFilter) {
    setSelected(new Set());
    window.history.replaceState(null, "", `${window.location.pathname}${filterToUrl(next)}`);
  }

  return (
    <>
      <section className="overflow-hidden rounded-xl border border-line bg-raised">
        <EventFilters filter={filter} onFilter={setFilter} />
        <Toolbar
          selected={selected.size}
          onClear={() => setSelected(new Set())}
          onReplaySelected={() => setReplaying({ ids: [...selected] })}
          onReplayAll={() => setReplaying({ filter: upTo(asked, asOf) })}
        />
        <NewEvents filter={since(asked, asOf)} onShow={() => setAsOf(serverNow())} />
        <Results
          filter={upTo(asked, asOf)}
          filtered={isFiltered(filter)}
          selected={selected}
          onSelect={setSelected}
          onOpen={setOpen}
          onClear={() => setFilter(EVERYTHING)}
        />
      </section>
      {open && (
        <EventSheet id={open} onClose={() => setOpen(null)} onReplay={() => setReplaying({ ids: [open] })} />
      )}
      {replaying && (
        <ReplayDialog
          target={replaying}
          onClose={() => setReplaying(null)}
          onDone={() => setSelected(new Set())}
        />
      )}
    </>
  );
}

/** The server's time, told from its moment of loading and the time that has gone by here. */
function useServerClock(loadedAt: string): () => string {
  const [offset] = useState(() => Date.parse(loadedAt) - Date.now());
  return () => new Date(Date.now() + offset).toISOString();
}

function Toolbar({
  selected,
  onClear,
  onReplaySelected,
  onReplayAll,
}: {
  selected: number;
  onClear: () => void;
  onReplaySelected: () => void;
  onReplayAll: () => void;
}) {
  const t = useTranslations("events");
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
      {selected > 0 ? (
        <>
          <span aria-live="polite" className="font-medium text-small">
            {t("selected", { count: selected })}
          </span>
          <Button size="sm" variant="primary" onClick={onReplaySelected}>
            <RotateCw />
            {t("replay.selected")}
          </Button>
          <Button size="sm" variant="ghost" onClick={onClear}>
            {t("clearSelection")}
          </Button>
        </>
      ) : (
        <Button size="sm" variant="ghost" className="-ml-2" onClick={onReplayAll}>
          <RotateCw />
          {t("replay.all")}
        </Button>
      )}
    </div>
  );
}

function NewEvents({ filter, onShow }: { filter: InboundEventFilter; onShow: () => void }) {
  const t = useTranslations("events");
  const past = filter.to !== undefined && filter.from !== undefined && filter.to <= filter.from;
  const { data } = useQuery({ ...newEventsQuery(useApi(), filter), enabled: !past });
  return (
    <div aria-live="polite">
      {data && data.count > 0 && (
        <button
          type="button"
          data-testid="new-events"
          onClick={onShow}
          className="flex min-h-9 w-full items-center justify-center gap-2 border-line border-b bg-info-tint px-4 py-1.5 text-info-text text-small hover:underline"
        >
          {t("newEvents", { count: data.count })}
          <span className="font-semibold">{t("show")}</span>
        </button>
      )}
    </div>
  );
}

function Results({
  filter,
  filtered,
  selected,
  onSelect,
  onOpen,
  onClear,
}: {
  filter: InboundEventFilter;
  filtered: boolean;
  selected: ReadonlySet<InboundEventId>;
  onSelect: (ids: ReadonlySet<InboundEventId>) => void;
  onOpen: (id: InboundEventId) => void;
  onClear: () => void;
}) {
  const t = useTranslations("events");
  const common = useTranslations("common");
  const list = useInfiniteQuery({ ...eventListQuery(useApi(), filter), placeholderData: keepPreviousData });
  const events = useMemo(() => list.data?.pages.flatMap(({ data }) => data), [list.data]);

  if (!events && list.error) {
    const retry = <Button onClick={() => void list.refetch()}>{common("retry")}</Button>;
    return (
      <div className="p-4">
        <ErrorNotice error={list.error} action={retry} />
      </div>
    );
  }
  const nothing = events?.length === 0;
  return (
    <div aria-busy={list.isPlaceholderData || !events} className={list.isPlaceholderData ? "opacity-60" : ""}>
      {nothing && !list.hasNextPage ? (
        <EmptyState
          icon={filtered ? <Search /> : <Inbox />}
          title={filtered ? t("noneFound") : t("empty")}
          action={filtered && <Button onClick={onClear}>{t("clearFilters")}</Button>}
        >
          {filtered ? t("noneFoundHint") : t("emptyHint")}
        </EmptyState>
      ) : (
        !nothing && <EventTable events={events} selected={selected} onSelect={onSelect} onOpen={onOpen} />
      )}
      <Foot
        pages={list.data?.pages ?? []}
        shown={events?.length ?? 0}
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </div>
  );
}

function Foot({
  pages,
  shown,
  hasMore,
  pending,
  onMore,
}: {
  pages: InboundEventPage[];
  shown: number;
  hasMore: boolean;
  pending: boolean;
  onMore: () => void;
}) {
  const t = useTranslations("events");
  const format = useFormat();
  const searched = pages.at(-1)?.searched;
  if (shown === 0 && !hasMore) return null;
  return (
    <footer className="flex flex-wrap items-center justify-between gap-3 border-line border-t px-5 py-3">
      <p className="text-ink-muted text-small">
        {searched?.until
          ? t("searchedUntil", {
              count: shown,
              until: `${format.date(searched.until)}, ${format.clock(searched.until)}`,
            })
          : t("shown", { count: shown })}
      </p>
      {hasMore && (
        <Button size="sm" pending={pending} onClick={onMore}>
          {searched?.until ? t("searchOn") : t("older")}
        </Button>
      )}
    </footer>
  );
}
