import { Inbox, type LucideIcon, Settings, Smartphone } from "lucide-react";

export type NavItem = { name: "inbox" | "sandbox" | "settings"; href: string; Icon: LucideIcon };

/** Where one can go, in the order of the rail. */
export function navItems(slug: string, sandbox: boolean): NavItem[] {
  const all: (NavItem | false)[] = [
    { name: "inbox", href: `/${slug}/inbox`, Icon: Inbox },
    sandbox && { name: "sandbox", href: `/${slug}/sandbox`, Icon: Smartphone },
    { name: "settings", href: `/${slug}/settings`, Icon: Settings },
  ];
  return all.filter((item) => item !== false);
}

/** A page and those below it. */
export function isCurrent(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
