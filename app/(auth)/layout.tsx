import { NextIntlClientProvider, useMessages, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AuthScene } from "#components/auth/auth-scene.tsx";
import { BrandMark } from "#components/shell/brand.tsx";
import { LanguageSelect } from "#components/shell/language-select.tsx";

export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const { common, errors, auth } = useMessages();
  return (
    <NextIntlClientProvider messages={{ common, errors, auth }}>
      <div className="grid min-h-dvh bg-surface xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="flex min-h-dvh flex-col px-5 py-5 md:px-10 md:py-7">
          <header className="flex items-center gap-2.5">
            <BrandMark className="size-8" />
            <span className="font-semibold text-title">{t("product")}</span>
          </header>
          <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-8">{children}</main>
          <footer>
            <LanguageSelect />
          </footer>
        </div>
        <AuthScene />
      </div>
    </NextIntlClientProvider>
  );
}
