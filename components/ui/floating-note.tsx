"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

export type Side = "top" | "right" | "bottom" | "left";

const GAP = 6;
const MARGIN = 8;
const OPPOSITE: Record<Side, Side> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** A note beside an element, on the other side where there is no room. It takes neither focus nor clicks. */
export function FloatingNote({
  anchor,
  side,
  children,
}: {
  anchor: Element;
  side: Side;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const note = box.current;
    if (!note) return;
    const { x, y } = place(anchor.getBoundingClientRect(), note.getBoundingClientRect(), side);
    note.style.left = `${x}px`;
    note.style.top = `${y}px`;
  });
  return createPortal(
    <div
      ref={box}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-50 flex w-max max-w-72 animate-fade-in items-center gap-2 rounded-md bg-ink px-2.5 py-1.5 text-canvas text-small"
    >
      {children}
    </div>,
    document.body,
  );
}

function place(at: DOMRect, note: DOMRect, side: Side): { x: number; y: number } {
  const spots: Record<Side, { x: number; y: number }> = {
    top: { x: at.left + (at.width - note.width) / 2, y: at.top - note.height - GAP },
    bottom: { x: at.left + (at.width - note.width) / 2, y: at.bottom + GAP },
    left: { x: at.left - note.width - GAP, y: at.top + (at.height - note.height) / 2 },
    right: { x: at.right + GAP, y: at.top + (at.height - note.height) / 2 },
  };
  const across = side === "left" || side === "right";
  const fits = ({ x, y }: { x: number; y: number }) =>
    across
      ? x >= MARGIN && x + note.width <= innerWidth - MARGIN
      : y >= MARGIN && y + note.height <= innerHeight - MARGIN;
  const other = spots[OPPOSITE[side]];
  const chosen = fits(spots[side]) || !fits(other) ? spots[side] : other;
  const within = (value: number, size: number, room: number) =>
    Math.max(MARGIN, Math.min(value, room - size - MARGIN));
  return { x: within(chosen.x, note.width, innerWidth), y: within(chosen.y, note.height, innerHeight) };
}
