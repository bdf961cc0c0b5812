"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Scope } from "#lib/domain/api-keys/schema.ts";
import { useCreateApiKey } from "./mutations.ts";
import { ScopeChoice } from "./scope-choice.tsx";

const NAME_MAX = 80;
const FORM_ID = "create-api-key";

export function CreateKeyDialog() {
  const t = useTranslations("settings.apiKeys");
  const [open, setOpen] = useState(false);
  const create = useCreateApiKey();
  const key = create.data?.key;

  function onOpenChange(next: boolean) {
    setOpen(next);
    // The key leaves the memory of the page together with the dialog.
    if (!next) create.reset();
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          {t("create")}
        </Button>
      </DialogTrigger>
      {key ? <ShownOnce secret={key} /> : <KeyForm create={create} />}
    </Dialog>
  );
}

function KeyForm({ create }: { create: ReturnType<typeof useCreateApiKey> }) {
  const t = useTranslations("settings.apiKeys");
  const common = useTranslations("common");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [checked, setChecked] = useState(false);
  const nameError = checked && name.trim() === "" ? t("nameMissing") : undefined;
  const scopesError = checked && scopes.length === 0 ? t("scopesMissing") : undefined;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "") event.currentTarget.querySelector<HTMLElement>("input")?.focus();
    else if (scopes.length > 0 && !create.isPending) create.mutate({ name: name.trim(), scopes });
  }

  return (
    <DialogContent
      title={t("createTitle")}
      description={t("createLead")}
      footer={
        <>
          <DialogClose asChild>
            <Button>{common("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form={FORM_ID} variant="primary" pending={create.isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {create.error && <ErrorNotice error={create.error} />}
        <Field label={t("name")} hint={t("nameHint")} error={nameError}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={NAME_MAX}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <ScopeChoice chosen={scopes} error={scopesError} onChange={setScopes} />
      </form>
    </DialogContent>
  );
}

/** Closes only by its button: a click beside it must not lose the key. */
function ShownOnce({ secret }: { secret: string }) {
  const t = useTranslations("settings.apiKeys");
  return (
    <DialogContent
      title={t("shownTitle")}
      closable={false}
      footer={
        <>
          <CopyButton text={secret} label={t("copyKey")} />
          <DialogClose asChild>
            <Button variant="primary">{t("shownDone")}</Button>
          </DialogClose>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Banner tone="warning">{t("shownLead")}</Banner>
        <Field label={t("key")}>
          {(control) => (
            <Input
              {...control}
              readOnly
              value={secret}
              onFocus={(event) => event.currentTarget.select()}
              className="font-mono"
            />
          )}
        </Field>
      </div>
    </DialogContent>
  );
}
