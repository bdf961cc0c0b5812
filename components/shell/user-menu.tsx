"use client";

import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useChangePreferences } from "#components/members/mutations.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { THEMES, type Theme, themeFrom } from "#lib/browser/theme.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import { isLocale, LOCALES } from "#lib/i18n/locales.ts";
import { useErrorToast } from "./error-notice.tsx";
import { logOut } from "./log-out.ts";
import { TenantItems } from "./tenant-menu.tsx";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } satisfies Record<Theme, typeof Sun>;

/** Who is here, how it looks and speaks to them, and the way out. `bar`: as an item of the bottom bar. */
export function UserMenu({ bar = false, onKeyboard }: { bar?: boolean; onKeyboard: () => void }) {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  const locale = useLocale();
  const { user, tenant, tenants } = useWorkspace();
  const showError = useErrorToast();
  const change = useChangePreferences();

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={bar ? undefined : t("account", { name: user.name })}
        className={
          bar
            ? "flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-ink-muted text-tiny focus-visible:outline-offset-[-3px]"
            : "rounded-full"
        }
      >
        <Avatar
          name={user.name}
          seed={user.id}
          size="sm"
          className={bar ? "size-5.5 text-[0.5625rem]" : "size-9"}
        />
        {bar && t("you")}
      </DropdownMenuTrigger>
      <DropdownMenuContent side={bar ? "top" : "right"} align="end" className="w-64">
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
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
