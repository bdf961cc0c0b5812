"use client";

import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import { whatCanBeDone } from "../changeable.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { groupReactions } from "../reactions.ts";

/** Who reacted how, under the bubble; a click adds ours or takes it back. */
export function BubbleReactions({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { react } = useMessageActions();
  if (message.reactions.length === 0 || message.deletedAt) return null;
  const may = whatCanBeDone(message).react;
  return (
    <ul
      className={classes(
        "relative z-[1] -mt-1.5 mb-0.5 flex flex-wrap gap-1",
        message.direction === "outbound" ? "justify-end pe-1.5" : "ps-1.5",
      )}
    >
      {groupReactions(message.reactions).map(({ emoji, count, mine, names }) => (
        <li key={emoji}>
          <button
            type="button"
            disabled={!may}
            aria-pressed={mine}
            aria-label={t("reactions.label", { emoji, count })}
            title={[...names, ...(mine ? [t("author.you")] : [])].join(", ") || undefined}
            onClick={() => react(message, mine ? null : emoji)}
            className={classes(
              "flex h-6 items-center gap-1 rounded-full px-1.5 text-small ring-1",
              mine ? "bg-accent-tint ring-accent/50" : "bg-raised ring-line-strong hover:bg-hover",
            )}
          >
            <span className="text-[0.9375rem] leading-none">{emoji}</span>
            {count > 1 && <span className="tabular text-ink-muted">{count}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
