"use client";

import { useEffect, useState } from "react";
import { DEFAULT_LOCALE, type Locale } from "#lib/i18n/locales.ts";
import en from "#lib/i18n/messages/en/common.json" with { type: "json" };
import es from "#lib/i18n/messages/es/common.json" with { type: "json" };
import pt from "#lib/i18n/messages/pt-BR/common.json" with { type: "json" };
import { negotiateLocale } from "#lib/i18n/negotiate.ts";
import "./globals.css";

const WORDS = { es, en, "pt-BR": pt } satisfies Record<Locale, typeof es>;

/** The last net, when even the root layout failed: it has no providers, so it brings its own words. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const [locale, setLocale] = useState<Locale>(DEFAULT_LOCALE);
  useEffect(() => setLocale(negotiateLocale(undefined, navigator.languages.join(","))), []);
  const { broken, retry } = WORDS[locale];
  return (
    <html lang={locale}>
      <body className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6 text-center font-sans">
        <title>{broken.title}</title>
        <h1 className="font-semibold text-title">{broken.title}</h1>
        <p className="max-w-sm text-ink-muted">{broken.detail}</p>
        <button
          type="button"
          onClick={() => window.location.reload()}
          className="mt-3 h-9 rounded-md bg-accent px-3.5 font-medium text-accent-ink"
        >
          {retry}
        </button>
        {error.digest && (
          <p className="font-mono text-ink-faint text-tiny">
            {broken.reference.replace("{digest}", error.digest)}
          </p>
        )}
      </body>
    </html>
  );
}
