"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice, useErrorToast } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useApi } from "#lib/browser/workspace.tsx";
import { useUpdateTenant } from "./mutations.ts";
import { tenantSettingsQuery } from "./queries.ts";

const CHOICES = [7, 14, 30, 60, 90, 180, 365];

export function RetentionCard() {
  const t = useTranslations("events.retention");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(tenantSettingsQuery(useApi()));
  const update = useUpdateTenant();
  const complain = useErrorToast();
  const [chosen, setChosen] = useState<number | null>(null);
  const kept = data?.eventRetentionDays;
  const days = chosen ?? kept;
  const choices =
    kept === undefined || CHOICES.includes(kept) ? CHOICES : [...CHOICES, kept].sort((a, b) => a - b);

  function save() {
    if (days === undefined) return;
    update.mutate(
      { eventRetentionDays: days },
      {
        onSuccess: () => {
          toast.success(common("saved"));
          setChosen(null);
        },
        onError: complain,
      },
    );
  }

  return (
    <Card title={t("title")} description={t("description")}>
      {error && !data ? (
        <ErrorNotice
          error={error}
          action={<Button onClick={() => void refetch()}>{common("retry")}</Button>}
        />
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t("label")} hint={t("hint")} className="min-w-56 flex-1">
            {(control) =>
              days === undefined ? (
                <Skeleton className="h-9 w-full" />
              ) : (
                <Select {...control} value={days} onChange={(event) => setChosen(Number(event.target.value))}>
                  {choices.map((choice) => (
                    <option key={choice} value={choice}>
                      {t("days", { count: choice })}
                    </option>
                  ))}
                </Select>
              )
            }
          </Field>
          {chosen !== null && chosen !== kept && (
            <Button variant="primary" pending={update.isPending} onClick={save}>
              {common("save")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
