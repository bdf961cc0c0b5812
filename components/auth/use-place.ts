"use client";

import { useEffect, useState } from "react";

export type Place = { country: string; timeZone: string };

/** The reader's time zone and, from it or from the browser's languages, the country. Null until known. */
export function usePlace(countryOfZone: Readonly<Record<string, string>>, countries: readonly string[]) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    setPlace(guessPlace(timeZone, navigator.languages, countryOfZone, countries));
  }, [countryOfZone, countries]);
  return [place, setPlace] as const;
}

/** Where neither the zone nor a language like `es-PE` tells the country, the person chooses. */
export function guessPlace(
  timeZone: string,
  languages: readonly string[],
  countryOfZone: Readonly<Record<string, string>>,
  countries: readonly string[],
): Place {
  const regions = languages.flatMap((language) => language.split("-").slice(1));
  const country = countryOfZone[timeZone] ?? regions.find((region) => countries.includes(region)) ?? "";
  return { country, timeZone };
}
