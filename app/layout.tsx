import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Toaster } from "#components/ui/toast.tsx";
import { THEME_COOKIE, themeFrom } from "#lib/browser/theme.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("tagline"),
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f3f0" },
    { media: "(prefers-color-scheme: dark)", color: "#110f0e" },
  ],
};

/**
 * The server writes the theme's class, so the first paint is already right and needs no script. Only the
 * words that every page may need travel with every page; the rest comes with the layouts below.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, { common, errors }, jar] = await Promise.all([getLocale(), getMessages(), cookies()]);
  const theme = themeFrom(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} className={theme === "system" ? undefined : theme}>
      <body className="font-sans">
        <NextIntlClientProvider messages={{ common, errors }}>
          {children}
          <Toaster />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
