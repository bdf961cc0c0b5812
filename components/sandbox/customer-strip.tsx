"use client";

import { Plus, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { classes } from "#components/ui/classes.ts";
import type { Customer } from "./customers.ts";

/** All customers as faces in a row: one tap changes whose phone it is. */
export function CustomerStrip({
  customers,
  selected,
  onSelect,
  onAdd,
}: {
  customers: readonly Customer[];
  selected: string;
  onSelect: (phone: string) => void;
  onAdd: () => void;
}) {
  const t = useTranslations("sandbox.customers");
  return (
    <ul aria-label={t("title")} className="flex gap-1 overflow-x-auto px-1 pt-1 pb-2">
      {customers.map((customer) => (
        <li key={customer.phone}>
          <button
            type="button"
            aria-pressed={customer.phone === selected}
            onClick={() => onSelect(customer.phone)}
            className="flex w-17 flex-col items-center gap-1 rounded-lg px-1 py-1.5 hover:bg-hover focus-visible:outline-offset-[-2px]"
          >
            <span
              className={classes(
                "relative rounded-full p-0.5",
                customer.phone === selected ? "ring-2 ring-accent" : "ring-1 ring-transparent",
              )}
            >
              <Avatar
                name={customer.name}
                seed={customer.phone}
                className={customer.online ? "" : "opacity-50"}
              />
              {customer.unread > 0 && (
                <span className="tabular absolute -top-0.5 -right-1 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-semibold text-accent-ink text-tiny">
                  <span aria-hidden>{customer.unread}</span>
                  <span className="sr-only">{t("unread", { count: customer.unread })}</span>
                </span>
              )}
              {!customer.online && (
                <span className="absolute -right-1 -bottom-0.5 flex size-4.5 items-center justify-center rounded-full bg-warning-tint text-warning-text">
                  <WifiOff aria-label={t("offline")} className="size-3" />
                </span>
              )}
            </span>
            <span className="w-full truncate text-center text-small">{customer.name.split(" ")[0]}</span>
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          onClick={onAdd}
          className="flex w-17 flex-col items-center gap-1 rounded-lg px-1 py-1.5 text-ink-muted hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px]"
        >
          <span className="m-0.5 flex size-10 items-center justify-center rounded-full border border-line-control border-dashed">
            <Plus aria-hidden className="size-5" />
          </span>
          <span className="w-full truncate text-center text-small">{t("confirm")}</span>
          <span className="sr-only">{t("add")}</span>
        </button>
      </li>
    </ul>
  );
}
