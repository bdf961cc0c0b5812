"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer than this to the end counts as being at the end. */
const END_PX = 32;
/** A longer way is gone at once. */
const SMOOTH_SCREENS = 2;
/** The reader moves the thread: a jump under way is over. */
const TAKE_OVER = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Scrolling of a thread. The scroller is laid out from its end (`flex-col-reverse`), so the browser itself
 * keeps the newest message in sight and older ones can be put above without a jump. While reading further
 * up, the message at the top edge stays where it is, whatever is added or changes its height below.
 */
export function useThreadScroll(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const [atEnd, setAtEnd] = useState(true);
  const anchor = useRef<{ element: Element; top: number } | null>(null);
  // On the way to the end nothing is held: what is drawn on the way would stop the movement.
  const jumping = useRef(false);

  const remember = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const end = Math.abs(box.scrollTop) <= END_PX;
    setAtEnd(end);
    if (end) jumping.current = false;
    anchor.current = end || jumping.current ? null : anchorIn(box);
  }, [scroller]);

  const hold = useCallback(() => {
    const box = scroller.current;
    const held = anchor.current;
    if (!box || !held?.element.isConnected) return;
    const moved = held.element.getBoundingClientRect().top - box.getBoundingClientRect().top - held.top;
    if (Math.abs(moved) > 0.5) box.scrollTop += moved;
  }, [scroller]);

  // After every commit, before it is painted.
  useLayoutEffect(hold);

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    const takeOver = () => {
      jumping.current = false;
    };
    box.addEventListener("scroll", remember, { passive: true });
    for (const name of TAKE_OVER) box.addEventListener(name, takeOver, { passive: true });
    const observer = new ResizeObserver(hold);
    observer.observe(inner);
    return () => {
      box.removeEventListener("scroll", remember);
      for (const name of TAKE_OVER) box.removeEventListener(name, takeOver);
      observer.disconnect();
    };
  }, [scroller, content, remember, hold]);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    anchor.current = null;
    jumping.current = true;
    const far = Math.abs(box.scrollTop) > box.clientHeight * SMOOTH_SCREENS;
    box.scrollTo({ top: 0, behavior: far ? "instant" : "smooth" });
  }, [scroller]);

  const toElement = useCallback(
    (element: Element) => {
      const box = scroller.current;
      if (!box) return;
      const above = 56;
      box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
      remember();
    },
    [scroller, remember],
  );

  return { atEnd, toEnd, toElement };
}

/** The first message that reaches into the scroller from its top edge. */
function anchorIn(box: HTMLElement): { element: Element; top: number } | null {
  const edge = box.getBoundingClientRect();
  for (let y = edge.top + 4; y < edge.bottom; y += 24) {
    const element = document
      .elementsFromPoint(edge.left + edge.width / 2, y)
      .map((hit) => hit.closest("[data-message-id]"))
      .find((row) => row !== null);
    if (element) return { element, top: element.getBoundingClientRect().top - edge.top };
  }
  return null;
}
