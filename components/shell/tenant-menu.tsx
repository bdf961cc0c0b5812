"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { initialsOf } from "#components/ui/avatar.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useMenuButton } from "#components/ui/use-menu-button.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";

const TenantMenuContent = dynamic(async () => (await import("./tenant-items.tsx")).TenantMenuContent);

const MARK =
  "flex size-9 items-center justify-center rounded-lg bg-accent font-semibold text-accent-ink text-small";

/** Whose workspace this is; a list to change it for people who are in several. */
export function TenantMenu() {
  const t = useTranslations("shell");
  const { tenant, tenants } = useWorkspace();
  const { button, anchor } = useMenuButton();
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
    <>
      <Tooltip label={tenant.name} side="right">
        <button {...button} aria-label={t("switchWorkspace", { name: tenant.name })} className={MARK}>
          {mark}
        </button>
      </Tooltip>
      {anchor && <TenantMenuContent anchor={anchor} />}
    </>
  );
}
