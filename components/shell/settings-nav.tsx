"use client";

import { KeyRound, ListTree, type LucideIcon, MessageCircle, UserRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { isCurrent } from "./nav-items.ts";

const PAGES = [
  { name: "channels", Icon: MessageCircle },
  { name: "profile", Icon: UserRound },
  { name: "api-keys", Icon: KeyRound },
  { name: "events", Icon: ListTree, adminsOnly: true },
] as const satisfies readonly { name: string; Icon: LucideIcon; adminsOnly?: true }[];

/** A column beside the page; on narrow screens a row above it. */
export function SettingsNav() {
  const t = useTranslations("settings.nav");
  const pathname = usePathname();
  const { tenant, member } = useWorkspace();
  const pages = PAGES.filter((page) => member.role !== "agent" || !("adminsOnly" in page));
  return (
    <nav
      aria-label={t("label")}
      className="shrink-0 border-line bg-surface max-md:border-b md:w-60 md:border-r md:px-3 md:py-5"
    >
      <p className="px-2.5 pb-3 font-semibold text-title max-md:hidden">{t("title")}</p>
      <ul className="flex gap-1 max-md:overflow-x-auto max-md:px-2 max-md:py-1.5 md:flex-col md:gap-0.5">
        {pages.map(({ name, Icon }) => {
          const href = `/${tenant.slug}/settings/${name}`;
          return (
            <li key={name}>
              <Link
                href={href}
                aria-current={isCurrent(pathname, href) ? "page" : undefined}
                className="flex min-h-9 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 text-ink-muted transition-colors hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px] aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-ink max-md:min-h-10"
              >
                <Icon aria-hidden className="size-4.5 shrink-0" strokeWidth={1.9} />
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
