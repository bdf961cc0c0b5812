"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { channelListQuery } from "#components/channels/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { useApi } from "#lib/browser/workspace.tsx";
import { INBOUND_EVENT_STATUSES } from "#lib/domain/inbound-events/schema.ts";
import { isId } from "#lib/kernel/ids.ts";
import { KNOWN_NAMES, nameKey } from "./event-words.ts";
import { EVERYTHING, type EventFilter, isFiltered } from "./filter.ts";

const TYPING_MS = 350;

export function EventFilters({
  filter,
  onFilter,
}: {
  filter: EventFilter;
  onFilter: (filter: EventFilter) => void;
}) {
  const t = useTranslations("events");
  const { data: channels } = useQuery(channelListQuery(useApi()));
  const status = INBOUND_EVENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
  const names = KNOWN_NAMES.map((value) => ({ value, label: `${t(`names.${nameKey(value)}`)} · ${value}` }));
  const numbers = channels?.data.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <div className="flex flex-col gap-2 border-line border-b px-4 py-3">
      <SearchField q={filter.q} onSearch={(q) => onFilter({ ...filter, q })} />
      <div className="grid grid-cols-2 gap-2 md:grid-cols-[1fr_1fr_1fr]">
        <Choice
          label={t("filters.status")}
          all={t("filters.anyStatus")}
          value={filter.status}
          options={status}
          onChange={(value) =>
            onFilter({ ...filter, status: INBOUND_EVENT_STATUSES.find((known) => known === value) ?? null })
          }
        />
        <Choice
          label={t("filters.name")}
          all={t("filters.anyName")}
          value={filter.name}
          options={names}
          onChange={(name) => onFilter({ ...filter, name })}
        />
        <Choice
          label={t("filters.channel")}
          all={t("filters.anyChannel")}
          value={filter.channelId}
          options={numbers}
          onChange={(id) => onFilter({ ...filter, channelId: isId("channel", id) ? id : null })}
          className="max-md:col-span-2"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Day
          label={t("filters.from")}
          value={filter.from}
          onChange={(from) => onFilter({ ...filter, from })}
        />
        <Day label={t("filters.to")} value={filter.to} onChange={(to) => onFilter({ ...filter, to })} />
        {isFiltered(filter) && (
          <Button size="sm" variant="ghost" className="ml-auto" onClick={() => onFilter(EVERYTHING)}>
            <X />
            {t("clearFilters")}
          </Button>
        )}
      </div>
    </div>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const t = useTranslations("events");
  const [text, setText] = useState(q);
  const [shown, setShown] = useState(q);
  // The filter may be cleared elsewhere; what is being typed is only ahead of it.
  if (shown !== q) {
    setShown(q);
    if (text.trim() !== q) setText(q);
  }
  const search = useEffectEvent(() => {
    if (text.trim() !== q) onSearch(text.trim());
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every letter starts the wait anew
  useEffect(() => {
    const timer = setTimeout(() => search(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="relative">
      <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-ink-muted" />
      <Input
        type="search"
        aria-label={t("filters.search")}
        placeholder={t("filters.searchPlaceholder")}
        value={text}
        maxLength={200}
        className="pl-9"
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  all: string;
  value: string | null;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | null) => void;
  className?: string;
}) {
  const unknown = value !== null && !options.some((option) => option.value === value);
  return (
    <div className={className}>
      <Select
        aria-label={label}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      >
        <option value="">{all}</option>
        {unknown && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-ink-muted text-small max-md:w-12">
        {label}
      </label>
      <Input
        id={id}
        type="date"
        value={value ?? ""}
        className="w-38"
        onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      />
    </div>
  );
}
