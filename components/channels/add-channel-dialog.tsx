"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { ChannelName } from "#lib/domain/channels/schema.ts";
import { useCreateChannel } from "./mutations.ts";
import { useFailureText } from "./problem-text.tsx";

/** A name, then straight to the code. */
export function AddChannelDialog() {
  const t = useTranslations("channels.add");
  const list = useTranslations("channels.list");
  const actions = useTranslations("channels.actions");
  const failureText = useFailureText();
  const formId = useId();
  const router = useRouter();
  const { tenant } = useWorkspace();
  const create = useCreateChannel();
  const [name, setName] = useState("");
  const [invalid, setInvalid] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const parsed = ChannelName.safeParse(name);
    setInvalid(!parsed.success);
    if (!parsed.success) return;
    create.mutate(
      { kind: "evolution", name: parsed.data },
      { onSuccess: ({ id }) => router.push(`/${tenant.slug}/settings/channels/${id}`) },
    );
  }

  const error = invalid ? actions("nameEmpty") : create.error ? failureText(create.error) : undefined;
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          {list("add")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("title")}
        description={t("hint")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{t("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" pending={create.isPending}>
              {t("confirm")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate>
          <Field label={t("name")} error={error}>
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                autoFocus
                autoComplete="off"
                placeholder={t("placeholder")}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
