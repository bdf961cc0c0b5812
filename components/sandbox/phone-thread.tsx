"use client";

import { MessageCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { ShownMessage } from "#lib/domain/sandbox/schema.ts";
import { Bubble, DraftBubble } from "./bubble.tsx";
import { type OutgoingDraft, type ThreadItem, threadItems } from "./thread.ts";

const NEAR_END_PX = 80;

/** The chat's wall. It stays at the end while one is there, and where one has scrolled to otherwise. */
export function PhoneThread({
  messages,
  drafts,
  unread,
  customerName,
  channelId,
  phone,
  onRetry,
  onPlayed,
}: {
  messages: readonly ShownMessage[];
  drafts: readonly OutgoingDraft[];
  unread: number;
  customerName: string;
  channelId: string;
  phone: string;
  onRetry: (localId: string) => void;
  onPlayed: () => void;
}) {
  const t = useTranslations("sandbox.chat");
  const format = useFormat();
  const wall = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastKey = drafts.at(-1)?.localId ?? messages.at(-1)?.id;
  const ownLast = drafts.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the wall moves when its last row changes
  useLayoutEffect(() => {
    if (wall.current && (atEnd.current || ownLast)) wall.current.scrollTop = wall.current.scrollHeight;
  }, [lastKey, phone, ownLast]);

  const empty = messages.length + drafts.length === 0;
  // Photos take their height only when they have arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is there once there is a message
  useEffect(() => {
    const list = wall.current?.firstElementChild;
    if (!list) return;
    const observer = new ResizeObserver(() => {
      if (wall.current && atEnd.current) wall.current.scrollTop = wall.current.scrollHeight;
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [empty]);

  const items = threadItems(messages, drafts, { dayOf: (at) => String(format.dayKey(at)), unread });
  const byId = new Map(messages.map((message) => [message.id, message]));
  return (
    <div
      ref={wall}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain bg-bubble-wall py-3"
    >
      {empty ? (
        <div className="flex h-full flex-col items-center justify-center gap-1 px-8 text-center">
          <MessageCircle aria-hidden className="mb-1 size-6 text-ink-faint" />
          <p className="text-balance font-medium">{t("emptyTitle", { name: customerName })}</p>
          <p className="text-balance text-ink-muted text-small">{t("emptyHint")}</p>
        </div>
      ) : (
        <ol data-testid="phone-thread">
          {items.map((item) => (
            <Row
              key={item.key}
              item={item}
              quoted={item.kind === "message" ? byId.get(item.message.quotedId ?? "") : undefined}
              channelId={channelId}
              phone={phone}
              onRetry={onRetry}
              onPlayed={onPlayed}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

function Row({
  item,
  quoted,
  channelId,
  phone,
  onRetry,
  onPlayed,
}: {
  item: ThreadItem;
  quoted: ShownMessage | undefined;
  channelId: string;
  phone: string;
  onRetry: (localId: string) => void;
  onPlayed: () => void;
}) {
  const t = useTranslations("sandbox.chat");
  const format = useFormat();
  switch (item.kind) {
    case "day":
      return (
        <li className="my-2 flex justify-center">
          <span className="rounded-full bg-raised px-2.5 py-0.5 text-ink-muted text-tiny">
            {format.day(item.at)}
          </span>
        </li>
      );
    case "unread":
      return (
        <li className="my-2 bg-accent-tint py-1 text-center text-accent-text text-tiny">
          {t("unreadDivider")}
        </li>
      );
    case "message":
      return (
        <Bubble
          message={item.message}
          quoted={quoted}
          first={item.first}
          channelId={channelId}
          phone={phone}
          onPlayed={onPlayed}
        />
      );
    case "draft":
      return <DraftBubble draft={item.draft} onRetry={() => onRetry(item.draft.localId)} />;
  }
}
