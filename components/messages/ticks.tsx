"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FloatingNote } from "#components/ui/floating-note.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { MessageStatus } from "#lib/domain/messages/schema.ts";
import type { LocalMessage } from "./local-message.ts";
import { TickIcon } from "./tick-icon.tsx";

const HOVER_MS = 300;

const STAGES = ["sent", "delivered", "read", "played"] as const satisfies readonly MessageStatus[];

/** The tick; hovering, focusing or touching it tells when each stage was reached. */
export function Ticks({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (at: Element, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(at), afterMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className="-m-1 inline-flex rounded-sm p-1"
        onPointerEnter={({ pointerType, currentTarget }) =>
          pointerType === "mouse" && show(currentTarget, HOVER_MS)
        }
        onPointerLeave={hide}
        onBlur={hide}
        onClick={({ currentTarget }) => show(currentTarget, 0)}
      >
        <TickIcon status={message.status} label={t(`status.${message.status}`)} />
      </button>
      {anchor?.isConnected && (
        <FloatingNote anchor={anchor} side="left">
          <StageTimes message={message} />
        </FloatingNote>
      )}
    </>
  );
}

function StageTimes({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const stages = STAGES.flatMap((stage) => {
    const at = message.receipts[stage];
    return at ? [{ stage, at }] : [];
  });
  if (stages.length === 0) return <p>{t(`statusHint.${message.status}`)}</p>;
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
      {stages.map(({ stage, at }) => (
        <div key={stage} className="contents">
          <dt>{t(`status.${stage}`)}</dt>
          <dd className="tabular text-right">
            {format.listTime(at) === format.clock(at)
              ? format.clock(at)
              : `${format.listTime(at)}, ${format.clock(at)}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
