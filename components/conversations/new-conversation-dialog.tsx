"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { channelListQuery } from "#components/channels/queries.ts";
import { useErrorText } from "#components/messages/use-error-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogContent } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import { countryName } from "#lib/i18n/format.ts";
import { type ConversationId, isId } from "#lib/kernel/ids.ts";
import { useOpenConversation } from "./mutations.ts";

export function NewConversationDialog({
  open,
  onOpenChange,
  onOpened,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onOpened: (id: ConversationId) => void;
}) {
  const t = useTranslations("inbox");
  const common = useTranslations("common");
  const form = useId();
  const [pending, setPending] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="sm"
        title={t("newDialog.title")}
        description={t("newDialog.description")}
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>{common("cancel")}</Button>
            <Button type="submit" form={form} variant="primary" pending={pending}>
              {t("newDialog.submit")}
            </Button>
          </>
        }
      >
        <NewConversationForm id={form} onPending={setPending} onOpened={onOpened} />
      </DialogContent>
    </Dialog>
  );
}

function NewConversationForm({
  id,
  onPending,
  onOpened,
}: {
  id: string;
  onPending: (pending: boolean) => void;
  onOpened: (id: ConversationId) => void;
}) {
  const t = useTranslations("inbox");
  const common = useTranslations("common");
  const { tenant } = useWorkspace();
  const { locale } = useFormat();
  const { data: channels } = useQuery(channelListQuery(useApi()));
  const { mutate, error } = useOpenConversation();
  const [missing, setMissing] = useState(false);
  const problem = useProblem(error);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [to, name, channelId] = [text(fields, "to"), text(fields, "name"), text(fields, "channelId")];
    setMissing(to === "");
    if (to === "") return;
    onPending(true);
    mutate(
      { to, ...(name && { name }), ...(isId("channel", channelId) && { channelId }) },
      { onSuccess: (conversation) => onOpened(conversation.id), onSettled: () => onPending(false) },
    );
  };
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t("newDialog.phone")}
        hint={t("newDialog.phoneHint", { country: countryName(tenant.country, locale) })}
        error={missing ? t("newDialog.phoneMissing") : problem.phone}
        required
      >
        {(control) => (
          <Input
            {...control}
            name="to"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            autoFocus
            maxLength={60}
          />
        )}
      </Field>
      <Field
        label={t("newDialog.name")}
        hint={t("newDialog.nameHint")}
        aside={<span className="text-ink-faint text-small">{common("optional")}</span>}
      >
        {(control) => <Input {...control} name="name" autoComplete="off" maxLength={120} dir="auto" />}
      </Field>
      {channels && channels.data.length > 1 && (
        <Field label={t("newDialog.channel")}>
          {(control) => (
            <Select {...control} name="channelId">
              {channels.data.map((channel) => (
                <option key={channel.id} value={channel.id}>
                  {channel.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {problem.general && (
        <p role="alert" className="text-danger-text text-small">
          {problem.general}
        </p>
      )}
    </form>
  );
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A refused number stands at its field, everything else below the form. */
function useProblem(error: Error | null): { phone?: string; general?: string } {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  if (!error) return {};
  const { code, fields, detail = "" } = asAppError(error);
  if (code === "recipient_invalid" || fields.some(({ path }) => path === "to")) {
    return { phone: t("newDialog.phoneInvalid") };
  }
  const words = errorText({ code, title: detail || code, detail: "", action: "" });
  return { general: [words.title, words.detail, words.action].filter(Boolean).join(" ") };
}
