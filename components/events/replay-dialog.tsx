"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useErrorText } from "#components/shell/error-notice.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useApi, useFormat } from "#lib/browser/workspace.tsx";
import { type InboundEventFilter, REPLAY_MAX } from "#lib/domain/inbound-events/schema.ts";
import type { InboundEventId } from "#lib/kernel/ids.ts";
import { useReplayEvents } from "./mutations.ts";
import { eventCountQuery } from "./queries.ts";

export type ReplayTarget = { ids: InboundEventId[] } | { filter: InboundEventFilter };

/** Asks first, and says how many it is about. */
export function ReplayDialog({
  target,
  onClose,
  onDone,
}: {
  target: ReplayTarget;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations("events.replay");
  const format = useFormat();
  const textOf = useErrorText();
  const replay = useReplayEvents();
  const filter = "filter" in target ? target.filter : null;
  const matching = useQuery({ ...eventCountQuery(useApi(), filter ?? {}), enabled: filter !== null });
  const count = "ids" in target ? target.ids.length : matching.data?.count;
  const tooMany = filter !== null && matching.data?.complete === false;
  const failure = replay.error ?? matching.error;
  const said = failure ? textOf(failure) : null;

  function confirm() {
    if (count === undefined || tooMany) return;
    if (count === 0) return onClose();
    replay.mutate(target, {
      onSuccess: ({ queued }) => {
        toast.success(t("queued", { count: queued }), { description: t("queuedHint") });
        onDone();
        onClose();
      },
    });
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={count === undefined || tooMany ? t("title") : t("titleCount", { count })}
      description={t("description")}
      confirmLabel={t("confirm")}
      tone="primary"
      pending={replay.isPending || (filter !== null && matching.isPending)}
      error={
        tooMany ? t("tooMany", { max: format.number(REPLAY_MAX) }) : said && `${said.title}. ${said.action}`
      }
      onConfirm={confirm}
    />
  );
}
