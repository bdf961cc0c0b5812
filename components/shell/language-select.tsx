"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { rememberLocale } from "#lib/browser/preferences.ts";
import { LOCALES } from "#lib/i18n/locales.ts";

/** Each language by its own name, for people who are not logged in. */
export function LanguageSelect() {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const [, startTransition] = useTransition();
  return (
    <label className="relative inline-flex items-center gap-2 rounded-md text-ink-muted hover:text-ink">
      <Languages aria-hidden className="size-4" />
      <span className="sr-only">{t("language")}</span>
      <select
        value={locale}
        onChange={(event) => {
          rememberLocale(event.target.value);
          startTransition(() => router.refresh());
        }}
        className="h-8 cursor-pointer appearance-none rounded-sm bg-transparent pr-1 text-small"
      >
        {LOCALES.map((each) => (
          <option key={each} value={each} lang={each}>
            {t(`languages.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
