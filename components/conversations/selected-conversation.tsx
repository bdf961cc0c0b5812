"use client";

import { MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { ConversationNotFound, ConversationPane } from "./conversation-pane.tsx";
import { useInboxLocation } from "./inbox-location.ts";

/** What the address names: one conversation, none, or one that cannot exist. */
export function SelectedConversation() {
  const { selected, selectedId, open, moveTo } = useInboxLocation();
  if (selectedId)
    return <ConversationPane key={selectedId} id={selectedId} onBack={() => open(null)} onMoved={moveTo} />;
  return selected === null ? <NothingOpen /> : <ConversationNotFound />;
}

function NothingOpen() {
  const t = useTranslations("inbox");
  return (
    <div className="flex flex-1 items-center justify-center bg-bubble-wall">
      <EmptyState
        icon={<MessagesSquare />}
        title={t("nothingOpen.title")}
        action={
          <dl className="flex gap-4 text-ink-muted text-small">
            <Key keys={["↑", "↓"]} word={t("keys.move")} />
            <Key keys={["/"]} word={t("keys.search")} />
            <Key keys={["N"]} word={t("keys.new")} />
          </dl>
        }
      >
        {t("nothingOpen.detail")}
      </EmptyState>
    </div>
  );
}

function Key({ keys, word }: { keys: string[]; word: string }) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{word}</dd>
    </div>
  );
}
