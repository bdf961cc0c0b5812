"use client";

import { useTranslations } from "next-intl";
import { Tooltip as Radix } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { MessageStatus } from "#lib/domain/messages/schema.ts";
import type { LocalMessage } from "./local-message.ts";
import { TickIcon } from "./tick-icon.tsx";

const HOVER_MS = 300;

const STAGES = ["sent", "delivered", "read", "played"] as const satisfies readonly MessageStatus[];

/** The tick; hovering, focusing or touching it tells when each stage was reached. */
export function Ticks({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const [open, setOpen] = useState(false);
  // A thread shows hundreds of ticks: the tooltip is built for the one that is asked about.
  const [wanted, setWanted] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (afterMs: number) => {
    clearTimeout(timer.current);
    setWanted(true);
    timer.current = setTimeout(() => setOpen(true), afterMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  const button = (
    <button
      type="button"
      tabIndex={-1}
      className="-m-1 inline-flex rounded-sm p-1"
      onPointerEnter={(event) => event.pointerType === "mouse" && show(HOVER_MS)}
      onPointerLeave={hide}
      onClick={() => show(0)}
    >
      <TickIcon status={message.status} label={t(`status.${message.status}`)} />
    </button>
  );
  if (!wanted) return button;
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && hide()}>
      <Radix.Trigger asChild>{button}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side="left"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-fade-in rounded-md bg-ink px-2.5 py-1.5 text-canvas text-small"
        >
          <StageTimes message={message} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
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
