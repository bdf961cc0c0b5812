"use client";

import { Pencil, Reply, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { QuotedWords } from "../bubbles/quote.tsx";
import type { LocalMessage } from "../local-message.ts";

/** What the field is used for besides writing a new message. */
export type ComposerMode = { kind: "reply" | "edit"; message: LocalMessage };

/** Above the field: the message that is answered or changed, and a way out. */
export function ModeBar({
  mode,
  contactName,
  onCancel,
}: {
  mode: ComposerMode;
  contactName: string;
  onCancel: () => void;
}) {
  const t = useTranslations("inbox");
  const { kind, message } = mode;
  const Icon = kind === "reply" ? Reply : Pencil;
  const who = message.direction === "outbound" ? t("author.you") : (message.author.name ?? contactName);
  return (
    <div className="flex items-center gap-2.5 border-line border-t bg-surface px-3 pt-2 md:px-4">
      <Icon aria-hidden className="size-5 shrink-0 text-accent-text" />
      <div className="min-w-0 flex-1 rounded-md border-accent border-s-[3px] bg-ink/5 px-2.5 py-1 text-small">
        <p className="truncate font-medium text-accent-text">
          {kind === "reply" ? t("composer.replyTo", { name: who }) : t("composer.editing")}
        </p>
        <p className="truncate text-ink-muted">
          <QuotedWords quoted={{ text: message.text, type: message.type }} />
        </p>
      </div>
      <IconButton
        size="sm"
        label={t(kind === "reply" ? "composer.cancelReply" : "composer.cancelEdit")}
        onClick={onCancel}
      >
        <X />
      </IconButton>
    </div>
  );
}
