"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose, DialogContent } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { useDeleteChannel } from "./mutations.ts";
import { useFailureText } from "./problem-text.tsx";

/** Cannot be undone, so the name has to be typed. */
export function DeleteChannelDialog({
  channel,
  open,
  onOpenChange,
  onDeleted,
}: {
  channel: ChannelView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("channels.remove");
  const actions = useTranslations("channels.actions");
  const failureText = useFailureText();
  const formId = useId();
  const remove = useDeleteChannel(channel.id);
  const [typed, setTyped] = useState("");
  const named = typed.trim().toLocaleLowerCase() === channel.name.toLocaleLowerCase();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (named) remove.mutate(undefined, { onSuccess: onDeleted });
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("title", { name: channel.name })}
        description={t("what")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{actions("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="danger" disabled={!named} pending={remove.isPending}>
              {t("confirm")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-ink-muted">{t("phone")}</p>
          <Field
            label={t("type", { name: channel.name })}
            error={remove.error ? failureText(remove.error) : undefined}
          >
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                autoFocus
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
