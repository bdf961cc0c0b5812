"use client";

import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { FloatingNote, type Side } from "./floating-note.tsx";

const HOVER_MS = 350;

/**
 * A name on hover and on focus. It never carries what is not also in the control's accessible name. Small
 * and our own, because every page has it from the first paint.
 */
export function Tooltip({
  label,
  side = "top",
  shortcut,
  children,
}: {
  label: ReactNode;
  side?: Side;
  shortcut?: ReactNode;
  children: ReactNode;
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [anchor, setAnchor] = useState<Element | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (holder: Element, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(holder.firstElementChild), afterMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches what its child does
    <span
      className="contents"
      onPointerEnter={({ pointerType, currentTarget }: PointerEvent) =>
        pointerType === "mouse" && show(currentTarget, HOVER_MS)
      }
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={({ target, currentTarget }: FocusEvent) =>
        target.matches(":focus-visible") && show(currentTarget, 0)
      }
      onBlur={hide}
      onKeyDown={hide}
    >
      {children}
      {anchor?.isConnected && (
        <FloatingNote anchor={anchor} side={side}>
          {label}
          {shortcut}
        </FloatingNote>
      )}
    </span>
  );
}
