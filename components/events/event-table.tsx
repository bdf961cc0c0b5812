"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "radix-ui";
import { channelListQuery } from "#components/channels/queries.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import type { InboundEventView } from "#lib/domain/inbound-events/schema.ts";
import type { InboundEventId } from "#lib/kernel/ids.ts";
import { EventStatus, useExplanation } from "./event-status.tsx";
import { nameKey, withSeconds } from "./event-words.ts";

type Props = {
  /** Undefined while they are being loaded. */
  events: readonly InboundEventView[] | undefined;
  selected: ReadonlySet<InboundEventId>;
  onSelect: (ids: ReadonlySet<InboundEventId>) => void;
  onOpen: (id: InboundEventId) => void;
};

const COLUMNS = "md:grid-cols-[1.25rem_6.5rem_minmax(0,1fr)_minmax(0,1.2fr)]";

/** A table where there is room, the same rows as cards on a phone. */
export function EventTable({ events, selected, onSelect, onOpen }: Props) {
  const t = useTranslations("events");
  const { data: channels } = useQuery(channelListQuery(useApi()));
  if (!events) return <SkeletonRows />;
  const all = events.length > 0 && events.every(({ id }) => selected.has(id));
  const toggle = (id: InboundEventId) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <table aria-label={t("title")} className="block">
      <thead className="block">
        <tr
          className={`grid grid-cols-[1.25rem_1fr] items-center gap-x-3 border-line border-b px-4 py-2 text-left font-medium text-ink-muted text-small ${COLUMNS}`}
        >
          <th scope="col">
            <Box
              label={t("selectAll")}
              checked={all}
              onChange={() => onSelect(new Set(all ? [] : events.map(({ id }) => id)))}
            />
          </th>
          <th scope="col">
            <span className="max-md:hidden">{t("columns.time")}</span>
            <span className="md:hidden">{t("selectAll")}</span>
          </th>
          <th scope="col" className="max-md:hidden">
            {t("columns.event")}
          </th>
          <th scope="col" className="max-md:hidden">
            {t("columns.outcome")}
          </th>
        </tr>
      </thead>
      <tbody className="block">
        {events.map((event) => (
          <EventRow
            key={event.id}
            event={event}
            channel={channels?.data.find(({ id }) => id === event.channelId)?.name}
            selected={selected.has(event.id)}
            onToggle={() => toggle(event.id)}
            onOpen={() => onOpen(event.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({
  event,
  channel,
  selected,
  onToggle,
  onOpen,
}: {
  event: InboundEventView;
  channel: string | undefined;
  selected: boolean;
  onToggle: () => void;
  onOpen: () => void;
}) {
  const t = useTranslations("events");
  const format = useFormat();
  const explain = useExplanation();
  const name = t(`names.${nameKey(event.name)}`);
  const time = `${format.listTime(event.receivedAt)} ${format.clock(event.receivedAt)}`;
  return (
    <tr
      data-testid="event-row"
      data-status={event.status}
      className={`relative grid grid-cols-[1.25rem_1fr] items-start gap-x-3 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0 hover:bg-hover ${COLUMNS} ${selected ? "bg-selected" : ""}`}
    >
      <td className="relative z-10 pt-0.5">
        <Box label={t("selectOne", { name, time })} checked={selected} onChange={onToggle} />
      </td>
      <td className="tabular whitespace-nowrap text-ink-muted text-small">
        <time dateTime={event.receivedAt} title={format.full(event.receivedAt)}>
          <span className="block text-ink max-md:inline">
            {withSeconds(format.clock(event.receivedAt), event.receivedAt)}
          </span>{" "}
          <span className="text-tiny">{format.day(event.receivedAt)}</span>
        </time>
      </td>
      <td className="min-w-0 max-md:col-start-2">
        <button
          type="button"
          onClick={onOpen}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-offset-2"
        >
          {name}
        </button>
        <span className="block truncate text-ink-muted text-tiny">
          <code>{event.name}</code>
          {channel && ` · ${channel}`}
        </span>
      </td>
      <td className="flex min-w-0 flex-col items-start gap-1 max-md:col-start-2">
        <EventStatus status={event.status} />
        <span className="line-clamp-2 text-ink-muted text-small">{explain(event)}</span>
      </td>
    </tr>
  );
}

function Box({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <Checkbox.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="relative flex size-4.5 shrink-0 items-center justify-center rounded-[5px] border border-line-control bg-raised text-accent-ink transition-colors after:absolute after:-inset-2.5 hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Checkbox.Indicator>
        <Check className="size-3.5" strokeWidth={3} />
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}

function SkeletonRows() {
  return [1, 2, 3, 4, 5, 6].map((row) => (
    <div key={row} className={`grid gap-3 border-line border-b px-4 py-3 ${COLUMNS}`}>
      <Skeleton className="size-4.5" />
      <Skeleton className="h-4 w-16" />
      <Skeleton className="h-4 w-36" />
      <Skeleton className="h-5 w-48" />
    </div>
  ));
}
