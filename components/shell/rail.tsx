"use client";

import { Keyboard } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { isCurrent, type NavItem } from "./nav-items.ts";
import { TenantMenu } from "./tenant-menu.tsx";
import { UserMenu } from "./user-menu.tsx";

/** Wide and medium screens: 56 px of icons whose names show on hover. */
export function Rail({ items, onKeyboard }: { items: NavItem[]; onKeyboard: () => void }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("navigation")}
      className="hidden w-14 shrink-0 flex-col items-center border-line border-r bg-canvas py-3 md:flex"
    >
      <TenantMenu />
      <ul className="mt-4 flex flex-col gap-1">
        {items.map(({ name, href, Icon }) => (
          <li key={name}>
            <Tooltip label={t(`nav.${name}`)} side="right">
              <Link
                href={href}
                aria-label={t(`nav.${name}`)}
                aria-current={isCurrent(pathname, href) ? "page" : undefined}
                className={classes(
                  "flex size-10 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-hover hover:text-ink",
                  "aria-[current]:bg-selected aria-[current]:text-accent-text",
                )}
              >
                <Icon className="size-5" strokeWidth={1.9} />
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className="mt-auto flex flex-col items-center gap-2">
        <IconButton label={t("keyboard.title")} side="right" shortcut={<Kbd>?</Kbd>} onClick={onKeyboard}>
          <Keyboard />
        </IconButton>
        <UserMenu onKeyboard={onKeyboard} />
      </div>
    </nav>
  );
}

/** Narrow screens: the same places at the bottom, within reach of the thumb; not inside a chat. */
export function BottomBar({ items, onKeyboard }: { items: NavItem[]; onKeyboard: () => void }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  if (/^\/[^/]+\/inbox\/[^/]+/.test(pathname)) return null;
  return (
    <nav
      aria-label={t("navigation")}
      className="flex shrink-0 items-stretch justify-around border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.map(({ name, href, Icon }) => (
        <Link
          key={name}
          href={href}
          aria-current={isCurrent(pathname, href) ? "page" : undefined}
          className="flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-ink-muted text-tiny focus-visible:outline-offset-[-3px] aria-[current]:font-medium aria-[current]:text-accent-text"
        >
          <Icon aria-hidden className="size-5.5" strokeWidth={1.9} />
          {t(`navShort.${name}`)}
        </Link>
      ))}
      <UserMenu bar onKeyboard={onKeyboard} />
    </nav>
  );
}
