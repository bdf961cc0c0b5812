"use client";

import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useChangePreferences } from "#components/members/mutations.ts";
import { AnchoredMenu, type MenuAnchor } from "#components/ui/anchored-menu.tsx";
import {
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "#components/ui/dropdown-menu.tsx";
import { THEMES, type Theme, themeFrom } from "#lib/browser/theme.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { isLocale, LOCALES } from "#lib/i18n/locales.ts";
import { useErrorToast } from "./error-notice.tsx";
import { logOut } from "./log-out.ts";
import { TenantItems } from "./tenant-items.tsx";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } satisfies Record<Theme, typeof Sun>;

/** What the user's menu offers; loaded when it is first opened. */
export function UserMenuContent({
  anchor,
  bar,
  onKeyboard,
}: {
  anchor: MenuAnchor;
  bar: boolean;
  onKeyboard: () => void;
}) {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  const locale = useLocale();
  const { user, tenant, tenants } = useWorkspace();
  const showError = useErrorToast();
  const change = useChangePreferences();
  return (
    <AnchoredMenu {...anchor} side={bar ? "top" : "right"} align="end" className="w-64">
      <div className="px-2.5 pt-1.5 pb-2">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-ink-muted text-small">{user.email}</p>
        <p className="truncate text-ink-muted text-small">{tenant.name}</p>
      </div>
      {bar && tenants.length > 1 && (
        <>
          <DropdownMenuSeparator />
          <TenantItems />
        </>
      )}
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{common("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={locale}
        onValueChange={(value) => {
          if (isLocale(value)) change.mutate({ locale: value }, { onError: showError });
        }}
      >
        {LOCALES.map((each) => (
          <DropdownMenuRadioItem key={each} value={each} lang={each}>
            {common(`languages.${each}`)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("theme.label")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={user.theme}
        onValueChange={(value) => change.mutate({ theme: themeFrom(value) }, { onError: showError })}
      >
        {THEMES.map((theme) => {
          const Icon = THEME_ICONS[theme];
          return (
            <DropdownMenuRadioItem key={theme} value={theme}>
              <Icon className="text-ink-muted" />
              {t(`theme.${theme}`)}
            </DropdownMenuRadioItem>
          );
        })}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild>
        <Link href={`/${tenant.slug}/settings/profile`}>
          <UserRound />
          {t("profile")}
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={onKeyboard} className="max-md:hidden">
        <Keyboard />
        {t("keyboard.title")}
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => logOut().catch(showError)}>
        <LogOut />
        {t("logOut")}
      </DropdownMenuItem>
    </AnchoredMenu>
  );
}
