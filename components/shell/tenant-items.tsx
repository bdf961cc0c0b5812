"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { AnchoredMenu, type MenuAnchor } from "#components/ui/anchored-menu.tsx";
import { DropdownMenuItem, DropdownMenuLabel } from "#components/ui/dropdown-menu.tsx";
import { useWorkspace } from "#lib/browser/workspace.tsx";

/** The list of workspaces as a menu of its own; loaded when it is first opened. */
export function TenantMenuContent({ anchor }: { anchor: MenuAnchor }) {
  return (
    <AnchoredMenu {...anchor} side="right" align="start">
      <TenantItems />
    </AnchoredMenu>
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
