"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { initialsOf } from "#components/ui/avatar.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";

const MARK =
  "flex size-9 items-center justify-center rounded-lg bg-accent font-semibold text-accent-ink text-small";

/** Whose workspace this is; a list to change it for people who are in several. */
export function TenantMenu() {
  const t = useTranslations("shell");
  const { tenant, tenants } = useWorkspace();
  const mark = <span aria-hidden>{initialsOf(tenant.name)}</span>;
  if (tenants.length < 2) {
    return (
      <Tooltip label={tenant.name} side="right">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its name shows on focus as it does on hover */}
        <div role="img" aria-label={tenant.name} tabIndex={0} className={MARK}>
          {mark}
        </div>
      </Tooltip>
    );
  }
  return (
    <DropdownMenu>
      <Tooltip label={tenant.name} side="right">
        <DropdownMenuTrigger aria-label={t("switchWorkspace", { name: tenant.name })} className={MARK}>
          {mark}
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent side="right" align="start">
        <TenantItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

export function TenantItems() {
  const t = useTranslations("shell");
  const { tenant, tenants } = useWorkspace();
  return (
    <>
      <DropdownMenuLabel>{t("workspaces")}</DropdownMenuLabel>
      {tenants.map(({ id, slug, name }) => (
        <DropdownMenuItem key={id} asChild>
          {/* A whole page load: nothing of one business stays in memory for the next. */}
          <a href={`/${slug}/inbox`} aria-current={id === tenant.id ? "true" : undefined}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {id === tenant.id && <Check />}
          </a>
        </DropdownMenuItem>
      ))}
    </>
  );
}
