"use client";

import { CircleAlert, CircleHelp, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { classes } from "#components/ui/classes.ts";
import type { LocalMessage } from "../local-message.ts";
import { useMessageActions } from "../message-actions.tsx";
import { useErrorText } from "../use-error-text.ts";

/** Why a message did not (or may not have) come through, and what can be done about it. */
export function BubbleFailure({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { retry, takeBack } = useMessageActions();
  const errorText = useErrorText();
  const failed = message.status === "failed";
  const cause = message.error ? errorText(message.error) : null;
  const Icon = failed ? CircleAlert : CircleHelp;
  return (
    <div
      className={classes(
        "mt-1.5 rounded-lg px-2.5 py-2 text-small",
        failed ? "bg-danger-tint text-danger-text" : "bg-warning-tint text-warning-text",
      )}
    >
      <p className="flex gap-1.5 font-medium">
        <Icon aria-hidden className="mt-px size-4 shrink-0" />
        <span className="min-w-0">
          {failed ? (cause?.title ?? t("failed.title")) : t("unconfirmed.title")}
        </span>
      </p>
      <p className="mt-0.5 ps-5.5 text-ink-muted">
        {failed ? [cause?.detail, cause?.action].filter(Boolean).join(" ") : t("unconfirmed.detail")}
      </p>
      <div className="mt-1.5 flex flex-wrap gap-1.5 ps-5.5">
        <Button size="sm" onClick={() => retry(message)}>
          <RotateCw aria-hidden />
          {failed ? t("failed.retry") : t("unconfirmed.sendAgain")}
        </Button>
        {message.local === "rejected" && (
          <Button size="sm" variant="ghost" onClick={() => takeBack(message)}>
            {t(message.media ? "failed.discard" : "failed.edit")}
          </Button>
        )}
      </div>
    </div>
  );
}
