"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { AlertBanner } from "#components/alerts/alert-banner.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { ConnectionStrip } from "./connection-strip.tsx";
import { navItems } from "./nav-items.ts";
import { BottomBar, Rail } from "./rail.tsx";
import { useShortcut } from "./use-shortcut.ts";

/** Fetched when first asked for: few need it, and every page would pay for it. */
const KeyboardSheet = dynamic(() => import("./keyboard-sheet.tsx").then((module) => module.KeyboardSheet));

/** The frame of every page of a workspace. Pages fill the rest and scroll inside themselves. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { tenant, sandbox } = useWorkspace();
  const [keyboard, setKeyboard] = useState(false);
  const items = navItems(tenant.slug, sandbox);
  const openKeyboard = () => setKeyboard(true);
  useShortcut("?", openKeyboard);
  useShortcut("g i", () => router.push(`/${tenant.slug}/inbox`));
  useShortcut("g s", () => router.push(`/${tenant.slug}/settings`));
  useShortcut("g p", () => router.push(`/${tenant.slug}/sandbox`), sandbox);

  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus-visible:translate-y-0"
      >
        {t("skip")}
      </a>
      <Rail items={items} onKeyboard={openKeyboard} />
      <div className="flex min-w-0 flex-1 flex-col">
        <ConnectionStrip />
        <AlertBanner />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
        <BottomBar items={items} onKeyboard={openKeyboard} />
      </div>
      {keyboard && <KeyboardSheet open sandbox={sandbox} onOpenChange={setKeyboard} />}
    </div>
  );
}
