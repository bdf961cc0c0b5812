"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { ResumedDeliveries } from "#components/messages/resumed-deliveries.tsx";
import { useShortcut } from "#components/shell/use-shortcut.ts";
import { classes } from "#components/ui/classes.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { Announcer } from "./announcer.tsx";
import { ConversationList, type ConversationListHandle } from "./conversation-list.tsx";
import { useInboxLocation } from "./inbox-location.ts";
import { ListHeader } from "./list-header.tsx";
import { useUnreadConversations, useUnreadInTitle } from "./use-unread.ts";

// Not part of the first load: few visits open it.
const NewConversationDialog = dynamic(
  async () => (await import("./new-conversation-dialog.tsx")).NewConversationDialog,
);

/** The list, and beside it (on a narrow screen in its place) the open conversation. */
export function Inbox({ children }: { children: ReactNode }) {
  const { selected, selectedId, filter, hrefOf, open, setFilter } = useInboxLocation();
  const [creating, setCreating] = useState(false);
  const list = useRef<ConversationListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const unread = useUnreadConversations();
  useUnreadInTitle(unread);
  const create = () => setCreating(true);
  const toList = () => list.current?.focus();
  useShortcut("/", () => search.current?.focus());
  useShortcut("n", create);
  useShortcut("c", create);
  useShortcut("j", toList);
  useShortcut("k", toList);
  useShortcut("escape", () => open(null), selected !== null);
  useFocusAfterLeaving(selected, toList);

  return (
    <>
      <div className="flex min-h-0 flex-1">
        <aside
          className={classes(
            "flex w-full min-w-0 flex-col border-line bg-surface md:w-80 md:border-r lg:w-[360px]",
            selected !== null && "max-md:hidden",
          )}
        >
          <ListHeader
            filter={filter}
            unread={unread}
            search={search}
            onFilter={setFilter}
            onNew={create}
            onEnterList={toList}
          />
          <ConversationList
            // Another list begins at its top.
            key={`${filter.tab} ${filter.q}`}
            ref={list}
            filter={filter}
            selectedId={selectedId}
            hrefOf={hrefOf}
            onOpen={open}
            onFilter={setFilter}
          />
        </aside>
        <div className={classes("flex min-w-0 flex-1 flex-col", selected === null && "max-md:hidden")}>
          {children}
        </div>
      </div>
      {creating && (
        <NewConversationDialog
          open
          onOpenChange={setCreating}
          onOpened={(id: ConversationId) => {
            setCreating(false);
            open(id);
          }}
        />
      )}
      <Announcer selectedId={selectedId} />
      <ResumedDeliveries />
    </>
  );
}

/** Back in the list, the keys go on from the row that was open. */
function useFocusAfterLeaving(selected: string | null, toList: () => void): void {
  const before = useRef(selected);
  const focusList = useEffectEvent(toList);
  useEffect(() => {
    const left = before.current !== null && selected === null;
    before.current = selected;
    if (left && document.activeElement === document.body) focusList();
  }, [selected]);
}
