"use client";

import { Fragment, memo, type RefObject, useEffect, useRef, useState } from "react";
import { GapLine } from "#components/gaps/gap-line.tsx";
import type { GapView } from "#lib/domain/gaps/schema.ts";
import { MessageRow } from "./message-row.tsx";
import { sameRow, type ThreadRow } from "./thread-rows.ts";

/** How far from what is seen a block is already drawn. */
const NEAR_PX = 2_000;

/**
 * Some fifty rows. Far from what is seen, a box of the same height stands for them, so that a thread of
 * any length keeps the page light.
 */
export const ThreadBlockView = memo(
  function ThreadBlockView({
    rows,
    gaps,
    pinned,
    scroller,
  }: {
    rows: ThreadRow[];
    /** By the message they stand above. */
    gaps: ReadonlyMap<string, GapView[]>;
    /** The newest block is always there. */
    pinned: boolean;
    scroller: RefObject<HTMLElement | null>;
  }) {
    const box = useRef<HTMLDivElement>(null);
    const height = useRef(0);
    const [near, setNear] = useState(true);
    useEffect(() => {
      const element = box.current;
      if (!element || pinned) {
        setNear(true);
        return;
      }
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (!entry) return;
          if (!entry.isIntersecting) height.current = element.offsetHeight;
          setNear(entry.isIntersecting);
        },
        { root: scroller.current, rootMargin: `${NEAR_PX}px 0px` },
      );
      observer.observe(element);
      return () => observer.disconnect();
    }, [pinned, scroller]);

    return (
      <div ref={box} data-block={rows[0]?.message.id} style={near ? undefined : { height: height.current }}>
        {near &&
          rows.map((row) => (
            <Fragment key={row.message.id}>
              {gaps.get(row.message.id)?.map((gap) => (
                <GapLine key={gap.id} gap={gap} />
              ))}
              <MessageRow {...row} />
            </Fragment>
          ))}
      </div>
    );
  },
  (before, after) =>
    before.pinned === after.pinned &&
    before.rows.length === after.rows.length &&
    before.rows.every(
      (row, index) => sameRow(row, after.rows[index]) && sameGaps(row.message.id, before.gaps, after.gaps),
    ),
);

function sameGaps(
  id: string,
  before: ReadonlyMap<string, GapView[]>,
  after: ReadonlyMap<string, GapView[]>,
): boolean {
  const words = (gaps: GapView[] | undefined) => (gaps ?? []).map((gap) => `${gap.id} ${gap.to}`).join();
  return before === after || words(before.get(id)) === words(after.get(id));
}
