"use client";

import { MapPin } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { timeZoneName } from "#lib/i18n/format.ts";
import type { Place } from "./use-place.ts";

export type Country = { code: string; name: string };

/** One line that says what was guessed; two lists for whoever is somewhere else. */
export function PlaceField({
  place,
  countries,
  onChange,
}: {
  place: Place | null;
  countries: readonly Country[];
  onChange: (place: Place) => void;
}) {
  const t = useTranslations("auth.place");
  const locale = useLocale();
  const [editing, setEditing] = useState(false);
  if (!place) return <Skeleton className="h-5 w-3/4" />;
  const country = countries.find(({ code }) => code === place.country);
  if (!editing && country) {
    return (
      <div className="flex min-h-5 items-center gap-1.5 text-ink-muted text-small">
        <MapPin aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 truncate">
          {country.name}, {timeZoneName(place.timeZone, locale)}
        </span>
        <Button variant="link" size="inline" className="text-small" onClick={() => setEditing(true)}>
          {t("change")}
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <Field label={t("country")}>
        {(control) => (
          <Select
            {...control}
            autoComplete="country"
            value={place.country}
            onChange={(event) => {
              setEditing(true);
              onChange({ ...place, country: event.target.value });
            }}
          >
            {!country && <option value="">{t("choose")}</option>}
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("timeZone")}>
        {(control) => (
          <Select
            {...control}
            value={place.timeZone}
            onChange={(event) => onChange({ ...place, timeZone: event.target.value })}
          >
            {zonesWith(place.timeZone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

/** Some browsers report a zone under a name that they do not list. */
function zonesWith(timeZone: string): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes(timeZone) ? zones : [timeZone, ...zones];
}
