import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, Mic } from "lucide-react";
import { classes } from "#components/ui/classes.ts";
import type { MessageStatus } from "#lib/domain/messages/schema.ts";

const LOOKS = {
  queued: { Icon: Clock, colour: "text-ink-faint" },
  sending: { Icon: Clock, colour: "text-ink-faint" },
  sent: { Icon: Check, colour: "text-ink-faint" },
  delivered: { Icon: CheckCheck, colour: "text-ink-faint" },
  read: { Icon: CheckCheck, colour: "text-tick-read" },
  played: { Icon: Mic, colour: "text-tick-read" },
  failed: { Icon: CircleAlert, colour: "text-danger-text" },
  unconfirmed: { Icon: CircleHelp, colour: "text-warning-text" },
} as const;

/** How far an outbound message has come. `label` is what it means in words. */
export function TickIcon({
  status,
  label,
  className,
}: {
  status: MessageStatus;
  label: string;
  className?: string;
}) {
  if (status === "received") return null;
  const { Icon, colour } = LOOKS[status];
  return (
    <>
      <Icon
        aria-hidden
        data-tick={status}
        strokeWidth={2.25}
        className={classes("size-4 shrink-0", colour, className)}
      />
      <span className="sr-only">{label}</span>
    </>
  );
}
