"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { useMenuButton } from "#components/ui/use-menu-button.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";

const UserMenuContent = dynamic(async () => (await import("./user-menu-content.tsx")).UserMenuContent);

/** Who is here, how it looks and speaks to them, and the way out. `bar`: as an item of the bottom bar. */
export function UserMenu({ bar = false, onKeyboard }: { bar?: boolean; onKeyboard: () => void }) {
  const t = useTranslations("shell");
  const { user } = useWorkspace();
  const { button, anchor } = useMenuButton();
  return (
    <>
      <button
        {...button}
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
      </button>
      {anchor && <UserMenuContent anchor={anchor} bar={bar} onKeyboard={onKeyboard} />}
    </>
  );
}
