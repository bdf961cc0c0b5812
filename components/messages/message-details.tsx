"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "#components/ui/dialog.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { LocalMessage } from "./local-message.ts";

/** When each thing happened to one message. */
export function MessageDetailsDialog({ message, onClose }: { message: LocalMessage; onClose: () => void }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const { author, receipts, sentAt, editedAt, direction } = message;
  const moment = (at: string) => `${format.date(at)}, ${format.clock(at)}`;
  const times: [name: string, at: string][] = [
    [t(direction === "inbound" ? "details.received" : "details.written"), sentAt],
    ...(["sent", "delivered", "read", "played", "failed"] as const).flatMap((status): [string, string][] => {
      const at = receipts[status];
      return at ? [[t(`status.${status}`), at]] : [];
    }),
    ...(editedAt ? [[t("edited"), editedAt] satisfies [string, string]] : []),
  ];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent size="sm" title={t("details.title")}>
        <dl className="flex flex-col divide-y divide-line pb-2">
          <Line name={t("details.author")} value={author.name ?? t(`author.${author.kind}`)} />
          <Line name={t("details.type")} value={t(`types.${message.type}`)} />
          {times.map(([name, at]) => (
            <Line key={name} name={name} value={moment(at)} />
          ))}
          {message.media?.fileName && <Line name={t("details.file")} value={message.media.fileName} />}
        </dl>
      </DialogContent>
    </Dialog>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2">
      <dt className="text-ink-muted">{name}</dt>
      <dd dir="auto" className="tabular min-w-0 text-right [overflow-wrap:anywhere]">
        {value}
      </dd>
    </div>
  );
}
