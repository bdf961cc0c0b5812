"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.tsx";
import { UnsavedGuard } from "#components/ui/unsaved-guard.tsx";
import { THEMES, themeFrom } from "#lib/browser/theme.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { isLocale, LOCALES } from "#lib/i18n/locales.ts";
import { useUpdateProfile } from "./mutations.ts";

const NAME_MAX = 120;

export function ProfileForm() {
  const t = useTranslations("settings.profile");
  const common = useTranslations("common");
  const shell = useTranslations("shell");
  const { user } = useWorkspace();
  const locale = useLocale();
  const saved = { name: user.name, locale, theme: user.theme };
  const [draft, setDraft] = useState<Partial<typeof saved>>({});
  const [nameChecked, setNameChecked] = useState(false);
  const update = useUpdateProfile();

  const values = { ...saved, ...draft };
  const dirty = values.name !== saved.name || values.locale !== saved.locale || values.theme !== saved.theme;
  const nameError = nameChecked && values.name.trim() === "" ? t("nameMissing") : undefined;
  const change = (part: typeof draft) => setDraft({ ...draft, ...part });

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setNameChecked(true);
    if (!dirty || update.isPending) return;
    if (values.name.trim() === "") {
      event.currentTarget.querySelector<HTMLElement>("input")?.focus();
      return;
    }
    update.mutate(
      { name: values.name.trim(), locale: values.locale, theme: values.theme },
      {
        onSuccess: () => {
          setDraft({});
          toast.success(common("saved"));
        },
      },
    );
  }

  return (
    <form noValidate onSubmit={onSubmit}>
      <UnsavedGuard dirty={dirty && !update.isPending} />
      <Card
        title={t("title")}
        footer={
          <>
            {dirty && (
              <Button variant="ghost" onClick={() => setDraft({})}>
                {t("discard")}
              </Button>
            )}
            <Button type="submit" variant="primary" pending={update.isPending} disabled={!dirty}>
              {common("save")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {update.error && <ErrorNotice error={update.error} />}
          <Field label={t("name")} hint={t("nameHint")} error={nameError}>
            {(control) => (
              <Input
                {...control}
                autoComplete="name"
                maxLength={NAME_MAX}
                value={values.name}
                onBlur={() => setNameChecked(true)}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("email")} hint={t("emailHint")}>
            {(control) => <Input {...control} type="email" readOnly value={user.email} />}
          </Field>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={common("language")}>
              {(control) => (
                <Select
                  {...control}
                  value={values.locale}
                  onChange={({ target }) => isLocale(target.value) && change({ locale: target.value })}
                >
                  {LOCALES.map((each) => (
                    <option key={each} value={each} lang={each}>
                      {common(`languages.${each}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={shell("theme.label")}>
              {(control) => (
                <Select
                  {...control}
                  value={values.theme}
                  onChange={({ target }) => change({ theme: themeFrom(target.value) })}
                >
                  {THEMES.map((theme) => (
                    <option key={theme} value={theme}>
                      {shell(`theme.${theme}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </div>
      </Card>
    </form>
  );
}
