"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { SCOPES, type Scope } from "#lib/domain/api-keys/schema.ts";

const READING = SCOPES.filter((scope) => scope.endsWith(":read"));

/** What the key may do, each in plain words. */
export function ScopeChoice({
  chosen,
  error,
  onChange,
}: {
  chosen: readonly Scope[];
  error?: string | undefined;
  onChange: (scopes: Scope[]) => void;
}) {
  const t = useTranslations("settings.apiKeys");
  const toggle = (scope: Scope, on: boolean) =>
    onChange(SCOPES.filter((each) => (each === scope ? on : chosen.includes(each))));
  return (
    <fieldset aria-describedby={error ? "scopes-error" : undefined}>
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-2">
        <legend className="float-left font-medium">{t("scopesLabel")}</legend>
        <div className="flex gap-3 text-small">
          <Button variant="link" size="inline" onClick={() => onChange(READING)}>
            {t("onlyRead")}
          </Button>
          <Button variant="link" size="inline" onClick={() => onChange([...SCOPES])}>
            {t("everything")}
          </Button>
        </div>
      </div>
      <div className="clear-both grid gap-x-4 md:grid-cols-2">
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            label={t(`scopes.${scope}`)}
            hint={<code className="text-tiny">{scope}</code>}
            checked={chosen.includes(scope)}
            onCheckedChange={(on) => toggle(scope, on === true)}
          />
        ))}
      </div>
      {error && (
        <p id="scopes-error" role="alert" className="mt-1 text-danger-text text-small">
          {error}
        </p>
      )}
    </fieldset>
  );
}
