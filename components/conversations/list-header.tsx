"use client";

import { Search, SquarePen, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { classes } from "#components/ui/classes.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { CONVERSATION_TABS, type ConversationFilter } from "./filter.ts";

const TYPING_MS = 180;

/** Title, search and filter over the list. */
export function ListHeader({
  filter,
  unread,
  search,
  onFilter,
  onNew,
  onEnterList,
}: {
  filter: ConversationFilter;
  /** Conversations with something unread, as text (`3`, `50+`), empty for none. */
  unread: string;
  search: RefObject<HTMLInputElement | null>;
  onFilter: (filter: ConversationFilter) => void;
  onNew: () => void;
  /** From the search field down into what it found. */
  onEnterList: () => void;
}) {
  const t = useTranslations("inbox");
  return (
    <header className="flex flex-col gap-2.5 border-line border-b px-3 pt-3 pb-2.5">
      <div className="flex h-9 items-center justify-between pl-1">
        <h1 className="font-semibold text-title">{t("title")}</h1>
        <IconButton label={t("new")} side="bottom" shortcut={<Kbd>N</Kbd>} onClick={onNew}>
          <SquarePen />
        </IconButton>
      </div>
      <SearchField filter={filter} input={search} onFilter={onFilter} onEnterList={onEnterList} />
      <fieldset className="flex gap-1" aria-label={t("tabs.label")}>
        {CONVERSATION_TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-pressed={filter.tab === tab}
            onClick={() => onFilter({ ...filter, tab })}
            className={classes(
              "flex h-7 items-center gap-1.5 rounded-full px-2.5 font-medium text-small transition-colors duration-100 max-md:h-9 max-md:px-3",
              filter.tab === tab
                ? "bg-accent-tint text-accent-text"
                : "text-ink-muted hover:bg-hover hover:text-ink",
            )}
          >
            {t(`tabs.${tab}`)}
            {tab === "unread" && unread !== "" && (
              <span className="tabular text-tiny opacity-80">{unread}</span>
            )}
          </button>
        ))}
      </fieldset>
    </header>
  );
}

function SearchField({
  filter,
  input,
  onFilter,
  onEnterList,
}: {
  filter: ConversationFilter;
  input: RefObject<HTMLInputElement | null>;
  onFilter: (filter: ConversationFilter) => void;
  onEnterList: () => void;
}) {
  const t = useTranslations("inbox");
  const [text, setText] = useState(filter.q);
  // The filter may change elsewhere ("clear search"); what is being typed is only ahead of it.
  const [shown, setShown] = useState(filter.q);
  if (shown !== filter.q) {
    setShown(filter.q);
    if (text.trim() !== filter.q) setText(filter.q);
  }
  useEffect(() => {
    const q = text.trim();
    if (q === filter.q) return;
    const timer = setTimeout(() => onFilter({ ...filter, q }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, filter, onFilter]);
  const clear = () => {
    setText("");
    onFilter({ ...filter, q: "" });
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      onEnterList();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (text === "") input.current?.blur();
      else clear();
    }
  };
  return (
    <div className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-faint" />
      <input
        ref={input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        placeholder={t("search.placeholder")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 w-full appearance-none rounded-lg border border-transparent bg-sunken pr-9 [&::-webkit-search-cancel-button]:hidden pl-9 hover:border-line-strong focus-visible:border-accent focus-visible:bg-raised focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-accent max-md:text-[1rem]"
      />
      {text !== "" && (
        <IconButton size="sm" label={t("search.clear")} className="absolute top-1 right-1" onClick={clear}>
          <X />
        </IconButton>
      )}
    </div>
  );
}
