"use client";

import { RotateCw, Trash2, Unplug } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { DeleteChannelDialog } from "./delete-channel-dialog.tsx";
import { useDisconnectChannel, useRestartChannel } from "./mutations.ts";
import { useFailureText } from "./problem-text.tsx";

/** What can be done with a number besides connecting it; each says what it means before it is pressed. */
export function ChannelActions({ channel }: { channel: ChannelView }) {
  const t = useTranslations("channels.actions");
  const removed = useTranslations("channels.remove");
  const failureText = useFailureText();
  const router = useRouter();
  const { tenant } = useWorkspace();
  const restart = useRestartChannel(channel.id);
  const [dialog, setDialog] = useState<"disconnect" | "delete" | null>(null);
  const close = (open: boolean) => !open && setDialog(null);

  function afterDelete() {
    toast.success(removed("done", { name: channel.name }));
    router.push(`/${tenant.slug}/settings/channels`);
  }

  return (
    <Card title={t("title")}>
      <ul className="-my-1 flex flex-col divide-y divide-line">
        {(channel.status === "connected" || channel.status === "connecting") && (
          <Action hint={t("restartHint")}>
            <Button
              pending={restart.isPending}
              onClick={() =>
                restart.mutate(
                  {},
                  {
                    onSuccess: () => toast.success(t("restarted")),
                    onError: (error) => toast.error(failureText(error)),
                  },
                )
              }
            >
              <RotateCw />
              {t("restart")}
            </Button>
          </Action>
        )}
        {channel.status !== "disconnected" && channel.status !== "setup_failed" && (
          <Action hint={t("disconnectHint")}>
            <Button onClick={() => setDialog("disconnect")}>
              <Unplug />
              {t("disconnect")}
            </Button>
          </Action>
        )}
        <Action hint={t("deleteHint")}>
          <Button className="text-danger-text!" onClick={() => setDialog("delete")}>
            <Trash2 />
            {t("delete")}
          </Button>
        </Action>
      </ul>
      <DisconnectDialog channel={channel} open={dialog === "disconnect"} onOpenChange={close} />
      <DeleteChannelDialog
        channel={channel}
        open={dialog === "delete"}
        onOpenChange={close}
        onDeleted={afterDelete}
      />
    </Card>
  );
}

function Action({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <p className="min-w-40 flex-1 text-ink-muted text-small">{hint}</p>
      {children}
    </li>
  );
}

function DisconnectDialog({
  channel,
  open,
  onOpenChange,
}: {
  channel: ChannelView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("channels.disconnect");
  const failureText = useFailureText();
  const disconnect = useDisconnectChannel(channel.id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { name: channel.name })}
      description={`${t("what")} ${t("kept")} ${t("back")}`}
      confirmLabel={t("confirm")}
      pending={disconnect.isPending}
      error={disconnect.error ? failureText(disconnect.error) : undefined}
      onConfirm={() =>
        disconnect.mutate(
          {},
          {
            onSuccess: () => {
              toast.success(t("done"));
              onOpenChange(false);
            },
          },
        )
      }
    />
  );
}
