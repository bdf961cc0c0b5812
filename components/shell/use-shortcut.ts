"use client";

import { useEffect, useEffectEvent } from "react";

const SEQUENCE_MS = 1200;

/**
 * Runs `handler` when the keys are pressed anywhere outside a field and outside a dialog: `?`, `]`, or
 * two after another like `g i`. Keys with Ctrl, Alt or Meta belong to the browser.
 */
export function useShortcut(keys: string, handler: (event: KeyboardEvent) => void, enabled = true): void {
  const run = useEffectEvent(handler);
  useEffect(() => {
    if (!enabled) return;
    const wanted = keys.split(" ");
    let position = 0;
    let lastAt = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      if (
        isTyping(event.target) ||
        document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]')
      )
        return;
      if (event.timeStamp - lastAt > SEQUENCE_MS) position = 0;
      lastAt = event.timeStamp;
      const key = event.key.toLowerCase();
      position = key === wanted[position] ? position + 1 : key === wanted[0] ? 1 : 0;
      if (position < wanted.length) return;
      position = 0;
      event.preventDefault();
      run(event);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [keys, enabled]);
}

/** Letters there are text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type))
  );
}
