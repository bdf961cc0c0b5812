"use client";

import { type MouseEvent, type PointerEvent, useRef } from "react";
import type { LocalMessage } from "./local-message.ts";
import { useMessageActions } from "./message-actions.tsx";

const LONG_PRESS_MS = 450;
/** A finger that moves further is scrolling. */
const STILL_PX = 8;

/** Right click and long press open a message's menu. On links and marked text the browser's own stays. */
export function useMenuGestures(message: LocalMessage) {
  const { menu } = useMessageActions();
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  if (message.deletedAt) return {};
  return {
    onContextMenu(event: MouseEvent<HTMLElement>) {
      if (event.target instanceof Element && event.target.closest("a, video, input")) return;
      if (getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      end();
      menu(message, { x: event.clientX, y: event.clientY });
    },
    onPointerDown({ pointerType, clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      if (pointerType === "mouse") return;
      press.current = {
        x,
        y,
        timer: setTimeout(() => {
          press.current = null;
          navigator.vibrate?.(10);
          menu(message, { x, y });
        }, LONG_PRESS_MS),
      };
    },
    onPointerMove({ clientX, clientY }: PointerEvent<HTMLElement>) {
      const from = press.current;
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
