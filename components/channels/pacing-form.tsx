"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.tsx";
import { UnsavedGuard } from "#components/ui/unsaved-guard.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import type { PacingView } from "#lib/domain/pacing/schema.ts";
import { useUpdatePacing } from "./mutations.ts";
import { isSameDraft, type PacingDraft, pacingDraft, pacingUpdate } from "./pacing-draft.ts";

/** The settings, with what is given above them. */
export function PacingForm({ pacing, children }: { pacing: PacingView; children: ReactNode }) {
  const t = useTranslations("channels.pacing");
  const common = useTranslations("common");
  const profile = useTranslations("settings.profile");
  const update = useUpdatePacing(pacing.channelId);
  const saved = pacingDraft(pacing.settings);
  const [changed, setChanged] = useState<Partial<PacingDraft>>({});
  const [checked, setChecked] = useState(false);

  const draft = { ...saved, ...changed };
  const dirty = !isSameDraft(draft, saved);
  const { input, wrong } = pacingUpdate(draft);
  const change = (part: Partial<PacingDraft>) => setChanged({ ...changed, ...part });
  const errorOf = (field: keyof typeof wrong) => (checked && wrong[field] ? t(`wrong.${field}`) : undefined);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (!dirty || update.isPending || !input) return;
    update.mutate(input, {
      onSuccess: () => {
        setChanged({});
        setChecked(false);
        toast.success(common("saved"));
      },
    });
  }

  return (
    <form noValidate onSubmit={onSubmit}>
      <UnsavedGuard dirty={dirty && !update.isPending} />
      <Card
        title={t("title")}
        description={t("description")}
        footer={
          <>
            {dirty && (
              <Button variant="ghost" onClick={() => setChanged({})}>
                {profile("discard")}
              </Button>
            )}
            <Button type="submit" variant="primary" pending={update.isPending} disabled={!dirty}>
              {common("save")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {children}
          {update.error && <ErrorNotice error={update.error} />}
          <Checkbox
            label={t("limit")}
            hint={t("limitHint")}
            checked={draft.limited}
            onCheckedChange={(limited) => change({ limited: limited === true })}
          />
          {draft.limited && <Limits draft={draft} change={change} errorOf={errorOf} />}
        </div>
      </Card>
    </form>
  );
}

function Limits({
  draft,
  change,
  errorOf,
}: {
  draft: PacingDraft;
  change: (part: Partial<PacingDraft>) => void;
  errorOf: (field: "perMinute" | "firstContactsPerDay" | "quietHours") => string | undefined;
}) {
  const t = useTranslations("channels.pacing");
  const { tenant } = useWorkspace();
  return (
    <>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Field label={t("perMinute")} hint={t("perMinuteHint")} error={errorOf("perMinute")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={600}
              value={draft.perMinute}
              onChange={(event) => change({ perMinute: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t("firstContactsPerDay")}
          hint={t("firstContactsHint")}
          error={errorOf("firstContactsPerDay")}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={0}
              max={5000}
              value={draft.firstContactsPerDay}
              onChange={(event) => change({ firstContactsPerDay: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Checkbox
        label={t("warmUp")}
        hint={t("warmUpHint")}
        checked={draft.warmUp}
        onCheckedChange={(warmUp) => change({ warmUp: warmUp === true })}
      />
      <Checkbox
        label={t("quiet")}
        hint={t("quietHint", { zone: tenant.timeZone.replaceAll("_", " ") })}
        checked={draft.quiet}
        onCheckedChange={(quiet) => change({ quiet: quiet === true })}
      />
      {draft.quiet && (
        <div className="grid max-w-sm grid-cols-2 items-start gap-4 ps-7">
          <Field label={t("quietFrom")} error={errorOf("quietHours")}>
            {(control) => (
              <Input
                {...control}
                type="time"
                value={draft.quietFrom}
                onChange={(event) => change({ quietFrom: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("quietTo")}>
            {(control) => (
              <Input
                {...control}
                type="time"
                value={draft.quietTo}
                onChange={(event) => change({ quietTo: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
