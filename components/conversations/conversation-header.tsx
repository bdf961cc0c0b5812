"use client";

import { Archive, ArchiveRestore, ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { classes } from "#components/ui/classes.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { ConversationStatus, ConversationView } from "#lib/domain/conversations/schema.ts";
import { contactName } from "./contact-name.ts";
import { useSetStatus } from "./mutations.ts";

/** Who one is talking to, over which number, and whether the matter is closed. */
export function ConversationHeader({
  conversation,
  channel,
  showChannel,
  onBack,
}: {
  conversation: ConversationView;
  channel: ChannelView | undefined;
  /** With one number only, its name says nothing. */
  showChannel: boolean;
  onBack: () => void;
}) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const { contact, status } = conversation;
  const { text: name, isName } = contactName(contact, t("noName"));
  const changeStatus = useChangeStatus(conversation);
  const closed = status === "closed";
  return (
    <header className="flex h-16 shrink-0 items-center gap-3 border-line border-b bg-surface px-2 md:px-4">
      <IconButton label={t("back")} side="bottom" className="md:hidden" onClick={onBack}>
        <ArrowLeft />
      </IconButton>
      <Avatar
        name={name}
        seed={contact.id}
        src={contact.pictureUrl}
        kind={contact.kind}
        className="max-md:-ml-2"
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <h2 dir="auto" className="truncate font-semibold" title={name}>
            {name}
          </h2>
          {closed && <Badge>{t("closed")}</Badge>}
        </div>
        <p className="flex min-w-0 items-center gap-1.5 text-ink-muted text-small">
          {isName && contact.phone && <span className="tabular shrink-0">{format.phone(contact.phone)}</span>}
          {isName && contact.phone && channel && <span aria-hidden>·</span>}
          {channel && <ChannelState channel={channel} named={showChannel} />}
        </p>
      </div>
      <IconButton
        label={closed ? t("reopen") : t("close")}
        side="bottom"
        onClick={() => changeStatus(closed ? "open" : "closed")}
      >
        {closed ? <ArchiveRestore /> : <Archive />}
      </IconButton>
    </header>
  );
}

function ChannelState({ channel, named }: { channel: ChannelView; named: boolean }) {
  const t = useTranslations("inbox");
  const connected = channel.status === "connected";
  const busy = channel.status === "connecting" || channel.status === "qr";
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span
        aria-hidden
        className={classes(
          "size-2 shrink-0 rounded-full",
          connected ? "bg-success" : busy ? "bg-warning" : "bg-danger",
        )}
      />
      <span className="truncate">
        {named ? `${channel.name} · ${t(`channel.${channel.status}`)}` : t(`channel.${channel.status}`)}
      </span>
    </span>
  );
}

/** At once, and with a way back: closing is no loss, so nobody is asked beforehand. */
function useChangeStatus({ id }: ConversationView) {
  const t = useTranslations("inbox");
  const { mutate } = useSetStatus(id);
  const change = (status: ConversationStatus, undoable: boolean) =>
    mutate(status, {
      onSuccess: () => {
        const back = status === "closed" ? "open" : "closed";
        toast(status === "closed" ? t("closedNotice") : t("reopenedNotice"), {
          id: `status-${id}`,
          ...(undoable && { action: { label: t("undo"), onClick: () => change(back, false) } }),
        });
      },
      onError: () => toast.error(t("statusFailed"), { id: `status-${id}` }),
    });
  return (status: ConversationStatus) => change(status, true);
}
