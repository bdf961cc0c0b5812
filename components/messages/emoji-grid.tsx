"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { EMOJI_GROUP_NAMES, EMOJI_GROUPS } from "./emoji-groups.ts";

const COLUMNS = 8;

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};

/** A small choice of common emoji; arrows move, Enter chooses. */
export function EmojiGrid({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (emoji: string) => void;
}) {
  const t = useTranslations("inbox");
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(box.current?.querySelectorAll("button") ?? [])];
    const at = all.findIndex((button) => button.matches(":focus"));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows for the buttons inside
    <div ref={box} onKeyDown={onKeyDown} className="max-h-72 w-76 overflow-y-auto p-1.5">
      {EMOJI_GROUP_NAMES.map((group, groupIndex) => (
        <section key={group} aria-label={t(`emoji.${group}`)}>
          <h3 className="px-1.5 pt-1.5 pb-1 font-medium text-ink-muted text-small">{t(`emoji.${group}`)}</h3>
          <div className="grid grid-cols-8">
            {EMOJI_GROUPS[group].map((emoji, index) => (
              <button
                key={emoji}
                type="button"
                tabIndex={groupIndex === 0 && index === 0 ? 0 : -1}
                aria-pressed={emoji === chosen}
                onClick={() => onChoose(emoji)}
                className="flex size-9 items-center justify-center rounded-md text-[1.25rem] hover:bg-hover aria-pressed:bg-accent-tint"
              >
                {emoji}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
