"use client";

import { type RefObject, useRef } from "react";
import { findMessage, type ThreadData } from "./cache.ts";
import type { ThreadBlock } from "./thread-rows.ts";

/** How far up a quoted message is looked for. */
const PAGES_MAX = 8;
/** Frames that a far block gets to draw its rows. */
const FRAMES_MAX = 40;

/** Goes to a message of this thread, loading older pages when it has to, and shows which one it is. */
export function useJump({
  scroller,
  blocks,
  toElement,
  loadOlder,
  onNotFound,
}: {
  scroller: RefObject<HTMLElement | null>;
  blocks: readonly ThreadBlock[];
  toElement: (element: Element) => void;
  /** The thread with one more page; null when there is none. */
  loadOlder: () => Promise<Pick<ThreadData, "pages"> | null>;
  onNotFound: () => void;
}): (id: string) => Promise<void> {
  const latest = useRef({ blocks, loadOlder });
  latest.current = { blocks, loadOlder };
  const holds = (id: string) =>
    latest.current.blocks.find(({ rows }) => rows.some(({ message }) => message.id === id));

  return async (id) => {
    for (let page = 0; !holds(id); page += 1) {
      const thread = page < PAGES_MAX ? await latest.current.loadOlder() : null;
      if (!thread) return onNotFound();
      if (findMessage(thread, id)) await nextFrame();
      for (let frame = 0; findMessage(thread, id) && !holds(id) && frame < FRAMES_MAX; frame += 1)
        await nextFrame();
    }
    for (let frame = 0; frame < FRAMES_MAX; frame += 1) {
      const row = scroller.current?.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
      if (row) {
        toElement(row);
        return flash(row);
      }
      // Far from what is seen an empty box stands for it: being near draws it.
      const key = holds(id)?.key ?? "";
      const box = scroller.current?.querySelector(`[data-block="${CSS.escape(key)}"]`);
      if (box) toElement(box);
      await nextFrame();
    }
  };
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

function flash(row: Element): void {
  const tint = "color-mix(in oklch, var(--accent) 22%, transparent)";
  row.animate([{ backgroundColor: tint }, { backgroundColor: tint, offset: 0.5 }, {}], { duration: 1_400 });
}
