"use client";

import { useRef } from "react";

/**
 * Gives the focus back to where it was when a dialog opened, also when no trigger of its own opened it
 * (a key, a menu, a link that asks first). Spread over a Radix dialog's content.
 */
export function useFocusReturn() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus() {
      before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    },
    onCloseAutoFocus(event: Event) {
      const target = before.current;
      if (!target?.isConnected || target === document.body) return;
      event.preventDefault();
      target.focus();
    },
  };
}
